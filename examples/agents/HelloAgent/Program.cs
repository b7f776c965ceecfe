await HelloAgent.HelloAgentApp.Build(args).RunAsync();
