using System.Collections.Immutable;

namespace DocumentAgents.CrossValidation;

/// <summary>One document of the batch belongs to another.</summary>
/// <param name="Relation">One of <see cref="RelationName"/>.</param>
/// <param name="Differences">Where the two disagree; empty when they fit.</param>
internal sealed record DocumentRelation(string File, string RefersTo, string Relation, ImmutableArray<Difference> Differences);

/// <summary>Two documents disagree about one thing.</summary>
/// <param name="Name">A field, or <c>line2.price</c>, <c>line2.quantity</c>, <c>line2.item</c>.</param>
/// <param name="There">What the document referred to says.</param>
/// <param name="Here">What the referring document says.</param>
internal sealed record Difference(string Name, ImmutableArray<string> There, ImmutableArray<string> Here)
{
    public static Difference Of(string name, string there, string here) => new(name, [there], [here]);
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
