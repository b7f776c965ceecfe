using DocumentAgents.Facts;

namespace DocumentAgents.CrossValidation;

/// <summary>One document of a batch as cross-validation sees it.</summary>
/// <param name="File">Its name in the batch.</param>
internal sealed record BatchDocument(string File, Extraction Extraction)
{
    private static readonly string[] SellerRoles = [FieldName.Seller, FieldName.Supplier, FieldName.Payee];
    private static readonly string[] BuyerRoles = [FieldName.Buyer, FieldName.Customer, FieldName.Payer];

    public string Type => Extraction.Type;

    /// <summary>The number by which others refer to it, without punctuation; empty when it has none.</summary>
    public string NumberKey { get; } = Words.Key(Extraction.Value(FieldName.Number));

    public Field? Seller { get; } = Find(Extraction, SellerRoles);

    public Field? Buyer { get; } = Find(Extraction, BuyerRoles);

    public IReadOnlyList<LineItem> Lines => Extraction.Lines;

    /// <summary>One that counts: a pro forma invoice only says what will be billed.</summary>
    public bool IsBill => Type == DocumentType.CreditNote
        || (Type == DocumentType.Invoice && Extraction.Value(FieldName.InvoiceKind) != InvoiceKindName.ProForma);

    /// <summary>Whether it says that its total includes a tax.</summary>
    public bool IsTaxed => Extraction.Amount(FieldName.TaxTotal) is { } tax && tax != 0;

    /// <summary>What it comes to; null when it does not say. Without a word about tax both sums are the same.</summary>
    public decimal? Total(bool withTax)
    {
        var gross = Extraction.Amount(FieldName.GrossTotal)
            ?? Extraction.Amount(FieldName.Payable) + Math.Abs(Extraction.Amount(FieldName.Prepaid) ?? 0);
        var net = Extraction.Amount(FieldName.NetTotal) ?? gross - (Extraction.Amount(FieldName.TaxTotal) ?? 0);
        return withTax ? gross ?? net : net;
    }

    /// <summary>What of the total was paid before: as stated, else what is not due any more.</summary>
    public decimal Prepaid => Extraction.Amount(FieldName.Prepaid) is { } stated ? Math.Abs(stated)
        : Math.Max(0, Extraction.Amount(FieldName.GrossTotal) - Extraction.Amount(FieldName.Payable) ?? 0);

    private readonly ILookup<string, string> references = Extraction.Fields
        .Where(field => field.Name.EndsWith("_reference", StringComparison.Ordinal))
        .ToLookup(field => field.Name, field => Words.Key(field.Value));

    // A short number may stand anywhere.
    private const int TellingLength = 5;

    /// <summary>Whether a letter names the number of the other document.</summary>
    public bool Mentions(BatchDocument other) => other.NumberKey.Length >= TellingLength
        && Extraction.All(FieldName.Mentions).Any(field => Words.Key(field.Value) == other.NumberKey);

    public bool RefersTo(string field, BatchDocument other) => other.NumberKey.Length > 0 && references[field].Contains(other.NumberKey);

    /// <summary>How many of the two parties are the same by name: 0 to 2.</summary>
    public int SharedParties(BatchDocument other) => (SameName(Seller, other.Seller) ? 1 : 0) + (SameName(Buyer, other.Buyer) ? 1 : 0);

    /// <summary>Whether it says too little about its parties for them to decide anything.</summary>
    public bool IsAnonymous => Seller is null && Buyer is null;

    /// <summary>Any name of one is a name of the other.</summary>
    public static bool SameName(Field? one, Field? other) =>
        one is not null && other is not null && Names(one).Intersect(Names(other)).Any();

    private static IEnumerable<string> Names(Field field) => field.Also.Prepend(field.Value).Select(Words.Key).Where(key => key.Length > 0);

    private static Field? Find(Extraction extraction, string[] roles) =>
        roles.Select(extraction.Find).FirstOrDefault(field => field is not null);
}
