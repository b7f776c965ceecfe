await Orchestrator.OrchestratorApp.Build(args).RunAsync();
