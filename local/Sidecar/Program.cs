return await Sidecar.SidecarApp.RunAsync(args);
