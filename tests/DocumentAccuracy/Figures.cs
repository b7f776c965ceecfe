using DocumentAgents.Facts;
using DocumentAgents.Processing;

namespace DocumentAccuracy;

internal sealed record TypeOutcome(string File, string Expected, string Actual, bool Right, string Evidence);

internal sealed record ErrorOutcome(string File, string Expected, string Actual, bool Right, string Message);

/// <summary>All that was measured.</summary>
internal sealed record Figures(
    IReadOnlyList<TypeOutcome> Types, IReadOnlyList<FieldOutcome> Fields, IReadOnlyList<ErrorOutcome> Errors, TimeSpan Elapsed)
{
    public const double KeyTypeTarget = 0.95;
    public const double TypeTarget = 0.90;
    public const double FieldTarget = 0.88;

    public static IReadOnlyList<string> KeyTypes { get; } =
    [
        DocumentType.Invoice, DocumentType.CreditNote, DocumentType.PurchaseOrder, DocumentType.Receipt,
        DocumentType.Contract, DocumentType.BankStatement, DocumentType.Resume, DocumentType.IdentityDocument,
    ];

    public RelationFigures Relations { get; init; } = RelationFigures.None;

    public double KeyTypeAccuracy => Share(Types.Where(outcome => KeyTypes.Contains(outcome.Expected)), outcome => outcome.Right);

    public double TypeAccuracy => Share(Types, outcome => outcome.Right);

    public double KeyFieldAccuracy => Share(Fields.Where(outcome => KeyTypes.Contains(outcome.Type)), outcome => outcome.Right);

    public double FieldAccuracy => Share(Fields, outcome => outcome.Right);

    public bool Passed => KeyTypeAccuracy >= KeyTypeTarget && TypeAccuracy >= TypeTarget && KeyFieldAccuracy >= FieldTarget
        && Errors.All(outcome => outcome.Right) && Relations.Passed;

    public static Figures Of(IReadOnlyList<Label> labels, IReadOnlyDictionary<string, ProcessedDocument> documents, TimeSpan elapsed) =>
        new(
        [.. labels.Where(label => HasType(label, documents[label.File])).Select(label => Compare(label, documents[label.File]))],
        [.. labels.Where(label => label.MustSucceed || documents[label.File].Extraction is not null)
            .SelectMany(label => FieldComparison.Compare(label, documents[label.File].Extraction))],
        [.. labels.Select(label => Error(label, documents[label.File])).Where(outcome => !outcome.Right || outcome.Expected != "ok")],
        elapsed);

    // A file that has to be refused has no type to be told, unless it was read far enough.
    private static bool HasType(Label label, ProcessedDocument document) => label.MustSucceed || document.Extraction is not null;

    private static TypeOutcome Compare(Label label, ProcessedDocument document) => new(
        label.File,
        label.Type,
        document.Type,
        SameType(label.Type, document.Type),
        string.Join("; ", document.Decision?.Evidence.Take(4).Select(evidence => evidence.Reason) ?? []));

    // Other and unknown both say that no specialist knows it; a type we have no word for is that, too.
    private static bool SameType(string expected, string actual) =>
        expected == actual || (
            actual is DocumentType.Other or DocumentType.Unknown
            && (expected is DocumentType.Other or DocumentType.Unknown || !DocumentType.All.Contains(expected)));

    private static ErrorOutcome Error(Label label, ProcessedDocument document)
    {
        var actual = document.Failure?.Code ?? "ok";
        var expected = label.MustSucceed ? ["ok"] : label.ExpectedErrors;
        return new(label.File, string.Join('|', expected), actual, expected.Contains(actual), document.Failure is { } failure
            ? $"{failure.Message} {failure.Place}"
            : "");
    }

    public static double Share<T>(IEnumerable<T> outcomes, Func<T, bool> right)
    {
        var all = outcomes.ToList();
        return all.Count == 0 ? 1 : (double)all.Count(right) / all.Count;
    }
}
