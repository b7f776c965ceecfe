using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace DocumentAgents.CrossValidation;

/// <summary>One document of the batch belongs to another.</summary>
/// <param name="Relation">One of <see cref="RelationName"/>.</param>
/// <param name="Differences">Where the two disagree; empty when they fit.</param>
internal sealed record DocumentRelation(string File, string RefersTo, string Relation, ImmutableArray<Difference> Differences)
{
    /// <summary>What each of the two says where they disagree; empty when they fit.</summary>
    public string Disagreement()
    {
        var shared = Differences.Where(difference => difference.IsShared)
            .Select(difference => $"both have the {difference.Label} {difference.HereText}");
        var differing = Differences.Where(difference => !difference.IsShared).ToList();
        return string.Join("; ", differing.Count == 0 ? shared : shared.Append(
            $"{RefersTo} has {string.Join(", ", differing.Select(difference => $"{difference.Label} {difference.ThereText}"))}; "
            + $"{File} has {string.Join(", ", differing.Select(difference => $"{difference.Label} {difference.HereText}"))}"));
    }

    /// <summary>The same of one difference.</summary>
    public string Disagreement(Difference difference) => (this with { Differences = [difference] }).Disagreement();
}

/// <summary>Two documents disagree about one thing.</summary>
/// <param name="Name">A field, or <c>line2.price</c>, <c>line2.quantity</c>, <c>line2.item</c>.</param>
/// <param name="There">What the document referred to says.</param>
/// <param name="Here">What the referring document says.</param>
internal sealed partial record Difference(string Name, ImmutableArray<string> There, ImmutableArray<string> Here)
{
    /// <summary>Whether the two say the same and should not, as two invoices with one number.</summary>
    internal bool IsShared => There.SequenceEqual(Here);

    /// <summary>The name for people: "price of line 2".</summary>
    internal string Label =>
        OfLine().Match(Name) is { Success: true } line ? $"{line.Groups["what"].Value} of line {line.Groups["line"].Value}"
        : Name switch
        {
            "same_number" => "number",
            "issue_date_before" => "issue date",
            _ => Name.Replace('_', ' '),
        };

    internal string ThereText => Text(There);

    internal string HereText => Text(Here);

    public static Difference Of(string name, string there, string here) => new(name, [there], [here]);

    private static string Text(ImmutableArray<string> values) =>
        values.All(value => value.Length == 0) ? "(none)" : string.Join('/', values);

    [GeneratedRegex(@"^line(?<line>.+)\.(?<what>item|quantity|price)$")]
    private static partial Regex OfLine();
}

/// <summary>How documents of a business case answer each other.</summary>
internal static class RelationName
{
    public const string Answers = "answers";
    public const string Ships = "ships";
    public const string Receives = "receives";
    public const string Bills = "bills";
    public const string BillsShipment = "bills the shipment";
    public const string Credits = "credits";
    public const string CreditsOrder = "credits order";
    public const string Reminds = "reminds";
    public const string Pays = "pays";
    public const string Mentions = "mentions";
    public const string SameInvoice = "same invoice again";
}
