using System.Text.RegularExpressions;

namespace DocumentAgents.Reporting;

/// <summary>Text from documents in Markdown.</summary>
internal static partial class MarkdownText
{
    private const int Length = 60;

    /// <summary>The text as it is: nothing in it may break a table, be taken for markup or steer a terminal.</summary>
    public static string Plain(string value) => Markup().Replace(Control().Replace(value.ReplaceLineEndings(" "), "\uFFFD"), "\\$0");

    /// <summary>The beginning of a text that is too long.</summary>
    public static string Shortened(string value) => value.Length > Length ? value[..Length] + "…" : value;

    /// <summary>The end of a text that is too long: of a path, what tells most.</summary>
    public static string End(string value) => value.Length > Length ? "…" + value[^Length..] : value;

    [GeneratedRegex(@"\p{Cc}")]
    private static partial Regex Control();

    [GeneratedRegex(@"[\\`*_{}\[\]()<>#!|&~]")]
    private static partial Regex Markup();
}
