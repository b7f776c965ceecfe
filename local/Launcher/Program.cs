return await Launcher.LaunchCommand.Create().Parse(args).InvokeAsync();
