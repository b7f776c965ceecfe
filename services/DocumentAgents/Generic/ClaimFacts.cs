using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Generic;

/// <summary>A claim on an insurer as it is printed: which policy, which claim, who, when it happened and how much it is about.</summary>
internal static partial class ClaimFacts
{
    private static readonly string[] Claims =
    [
        "claim number", "claim no", "claim nr", "claim reference", "claim ref", "claim id", "schadennummer", "schaden-nr", "schadennr",
        "schadenummer", "schadenr", "numero de sinistre", "sinistre n", "numero di sinistro", "sinistro n", "numero de siniestro",
        "skadenummer", "skadesnummer",
    ];

    private static readonly string[] Policies =
    [
        "policy number", "policy no", "policy nr", "policy", "versicherungsschein-nr", "versicherungsscheinnummer", "versicherungsnummer",
        "police-nr", "policennummer", "polisnummer", "polisnr", "numero de police", "police n", "numero di polizza", "polizza n",
        "numero de poliza", "poliza n", "policenummer", "forsakringsnummer", "polisenummer",
    ];

    private static readonly string[] Holders =
    [
        "policyholder", "policy holder", "insured person", "insured", "versicherungsnehmer", "versicherte person", "verzekeringsnemer",
        "preneur d'assurance", "assure", "contraente", "assicurato", "tomador", "asegurado", "forsikringstager", "forsakringstagare",
    ];

    private static readonly string[] Days =
    [
        "date of loss", "loss date", "date of accident", "date of incident", "accident date", "incident date", "schadentag", "schadendatum",
        "schadensdatum", "unfalltag", "datum schade", "schadedatum", "date du sinistre", "date de sinistre", "data del sinistro",
        "data sinistro", "fecha del siniestro", "skadedato", "skadedag",
    ];

    private static readonly string[] Amounts =
    [
        "amount claimed", "claim amount", "claimed amount", "claimant's estimate", "estimated loss", "estimated damage", "estimate",
        "geschatzte schadenhohe", "schadenhohe", "schadensumme", "geschat schadebedrag", "schadebedrag", "montant du sinistre",
        "montant estime", "importo del danno", "importe del siniestro", "erstatningsbelop",
    ];

    public static void Add(FieldList fields, Page page)
    {
        AddBest(fields, page, "claim_number", Claims, Number);
        AddBest(fields, page, "policy_number", Policies, Number);
        AddBest(fields, page, "policyholder", Holders, text => Name().IsMatch(text) ? text.Trim() : null);
        AddBest(fields, page, "loss_date", Days, text => page.Dates(text) is [{ Start: <= 3 } date, ..] ? date.Iso : null);
        AddBest(fields, page, FieldName.Total, Amounts, text => page.Amounts(text) is [var amount, ..] ? Amount.Text(amount.Value) : null);
        if (fields.Has(FieldName.Total) && Currencies.Dominant(page.Text) is { } currency)
        {
            fields.Add(FieldName.Currency, currency.Code, page.RowAt(currency.Start).Place, 0.8);
        }
    }

    private static void AddBest(FieldList fields, Page page, string name, string[] labels, Func<string, string?> read)
    {
        if (LabelSearch.Find(page, labels, read).FirstOrDefault(hit => !hit.IsBelow) is { } hit)
        {
            fields.Add(name, hit.Value, hit.Row.Place, 0.5 + (0.4 * hit.Score));
        }
    }

    private static string? Number(string text) => Numbered().Match(text) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"^(?=[\w/.-]*\d{2})[A-Z\d][\w/.-]{3,30}\b")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\s*\p{Lu}[\p{L}'.-]*(?:[\s&-]+[\p{L}'.&-]+){1,6}\s*$")]
    private static partial Regex Name();
}
