await Orchestration.Hosting.ServiceProgram.RunAsync(args, Orchestrator.OrchestratorApp.Help, Orchestrator.OrchestratorApp.Build);
