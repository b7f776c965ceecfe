await Monitor.MonitorApp.Build(args).RunAsync();
