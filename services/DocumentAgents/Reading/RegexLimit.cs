using System.Runtime.CompilerServices;

namespace DocumentAgents.Reading;

/// <summary>
/// How long one match may take: patterns run over what strangers wrote. The default of the process is set before the first pattern is made,
/// because generated patterns ask for it once; a configuration file cannot set it, as it has to be a <see cref="TimeSpan"/>.
/// </summary>
internal static class RegexLimit
{
    private const string DefaultTimeout = "REGEX_DEFAULT_MATCH_TIMEOUT";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static ReadFailure Exceeded { get; } =
        new(ReadFailureCodes.LimitExceeded, $"a pattern looked at one text for more than {Longest.TotalSeconds} s");

#pragma warning disable CA2255 // an application, though tests use it like a library; nothing earlier than this sees the first pattern
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set()
    {
        if (AppContext.GetData(DefaultTimeout) is null)
        {
            AppDomain.CurrentDomain.SetData(DefaultTimeout, Longest);
        }
    }
}
