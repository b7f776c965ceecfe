using Microsoft.AspNetCore.Builder;
using Orchestration.Hosting.Help;

namespace Orchestration.Hosting;

/// <summary>The main program of a service.</summary>
public static class ServiceProgram
{
    /// <summary>Runs the service until it is stopped, or says what it is when that is asked for.</summary>
    /// <param name="args">Command line.</param>
    /// <param name="help">What <c>--help</c> says; not asked otherwise.</param>
    /// <param name="build">Makes the service; not called for help.</param>
    public static Task RunAsync(string[] args, Func<ServiceHelp> help, Func<string[], WebApplication> build) =>
#pragma warning disable RS0030 // Only a person asks for help.
        ServiceHelp.IsAskedFor(args) ? Console.Out.WriteAsync(help().ToString()) : build(args).RunAsync();
#pragma warning restore RS0030
}
