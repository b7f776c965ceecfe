namespace Launcher;

/// <summary>The launcher cannot go on; the message is for the person who started it.</summary>
internal sealed class LaunchException(string message) : Exception(message);
