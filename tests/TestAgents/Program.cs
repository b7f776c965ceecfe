await TestAgents.TestAgentsApp.Build(args).RunAsync();
