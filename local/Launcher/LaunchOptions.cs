namespace Launcher;

/// <summary>What was asked for on the command line.</summary>
internal sealed record LaunchOptions(
    string? RunFile, string? Documents, string? Plan, string? Input, string? Output, string? Data, bool Keep, bool NoJob, bool Logs);
