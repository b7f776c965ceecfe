using System.Text;

namespace Orchestration.Hosting.Help;

/// <summary>What a service answers to <c>--help</c>.</summary>
/// <param name="Name">Name of the program.</param>
/// <param name="Purpose">What it is for, in a sentence.</param>
/// <param name="AppId">Dapr app id used when APP_ID is not set.</param>
/// <param name="Settings">What can be set beyond what every service takes.</param>
public sealed record ServiceHelp(string Name, string Purpose, string AppId, IEnumerable<Setting> Settings)
{
    private static readonly Setting Logging =
        new("Logging__LogLevel__Default", "What is logged: Debug, Information, Warning, Error.", "Information");

    /// <summary>True when a command line asks for it.</summary>
    public static bool IsAskedFor(IEnumerable<string> args) => args.Any(arg => arg is "--help" or "-h" or "-?");

    /// <inheritdoc />
    public override string ToString()
    {
        var text = new StringBuilder($"""
            {Name}: {Purpose}

            Usage: {Name} [--KEY=VALUE ...]

            These can be set, as variables of the environment, or on the command line as --KEY=VALUE with ':' in place of '__'.
            The number 0 stands for the position in a list.


            """);
        foreach (var setting in (IEnumerable<Setting>)[.. Setting.Of("", new ServiceHostOptions { AppId = AppId }), Logging, .. Settings])
        {
            text.Append("  ").Append(setting.Name);
            text.Append(setting.Default.Length > 0 ? $"={setting.Default}" : "")
                .AppendLine(setting.Range.Length > 0 ? $"  ({setting.Range})" : "");
            text.Append(setting.Meaning.Length > 0 ? $"      {setting.Meaning}{Environment.NewLine}" : "");
        }

        return text.ToString();
    }
}
