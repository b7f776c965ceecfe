await Orchestration.Hosting.ServiceProgram.RunAsync(args, Monitor.MonitorApp.Help, Monitor.MonitorApp.Build);
