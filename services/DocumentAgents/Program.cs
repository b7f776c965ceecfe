await DocumentAgents.DocumentAgentsApp.RunAsync(args);
