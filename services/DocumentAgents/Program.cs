await DocumentAgents.DocumentAgentsApp.Build(args).RunAsync();
