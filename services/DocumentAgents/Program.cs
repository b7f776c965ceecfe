await Orchestration.AgentHost.AgentApp.RunAsync(args, "DocumentAgents", "the agents that process documents, in one process.", DocumentAgents.DocumentAgentsApp.Build);
