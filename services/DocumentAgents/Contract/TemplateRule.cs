using System.Text.RegularExpressions;
using DocumentAgents.Layout;

namespace DocumentAgents.Contract;

/// <summary>Whether a contract is a form still to be filled in.</summary>
internal static partial class TemplateRule
{
    public static bool IsTemplate(Prose prose) => Placeholder().Count(prose.Text) >= 3;

    public static bool IsPlaceholder(string text) => Placeholder().IsMatch(text) || text.Contains('{') || text.Contains('[');

    [GeneratedRegex(@"\{[a-z][\w .]{2,60}\}|\{\{[^}]{2,60}\}\}|\[(?!\s*[xX✓]?\s*\])[A-Z][^\]]{4,120}\]|<[A-Z][\w ]{3,40}>|_{6,}")]
    private static partial Regex Placeholder();
}
