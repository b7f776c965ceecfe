await HelloAgent.HelloAgentApp.RunAsync(args);
