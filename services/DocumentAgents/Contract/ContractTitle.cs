using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Contract;

/// <summary>What a contract calls itself: by its heading, or in the words "This … Agreement".</summary>
internal static partial class ContractTitle
{
    private const int HeadLength = 3_000;
    private const int HeadLines = 25;
    private const int LabelledLines = 6;

    public static ContractText? Find(Prose prose)
    {
        var head = prose.Text[..Math.Min(HeadLength, prose.Text.Length)];
        var heading = Labelled(prose) ?? Heading(prose);
        var title = heading ?? InCapitals(prose, head);
        if (Itself(head) is { } itself
            && (title is null || EndsWith(itself.Value, title.Text) || (heading is null && EndsWith(title.Text, itself.Value))))
        {
            return new(itself.Value, prose.PlaceOf(itself.Index), 0.9);
        }

        return title;
    }

    private static bool EndsWith(string longer, string end) => Words.Key(longer).EndsWith(Words.Key(end), StringComparison.Ordinal);

    // "Contract: Non-Disclosure Agreement"
    private static ContractText? Labelled(Prose prose)
    {
        foreach (var line in prose.Lines.Take(LabelledLines))
        {
            if (Label().Match(line.Text) is { Success: true } label && Kind().IsMatch(label.Groups["name"].Value))
            {
                return new(Words.Collapse(label.Groups["name"].Value), line.Place, 0.9);
            }
        }

        return null;
    }

    private static ContractText? Heading(Prose prose)
    {
        foreach (var line in prose.Lines.Take(HeadLines))
        {
            foreach (var cell in Columns.Split(line.Text).Take(4))
            {
                var text = Exhibit().Replace(Words.Collapse(cell.Text), "").Trim(' ', '*', '#', '-', '_', '.', '"');
                if (text.Length is > 5 and <= 110 && Kind().IsMatch(text) && !Sentence().IsMatch(text) && StartsLikeTitle(text))
                {
                    return new(text, line.Place, 0.9);
                }
            }
        }

        return null;
    }

    private static bool StartsLikeTitle(string text) => char.IsUpper(text[0]) || char.IsDigit(text[0]);

    private static ContractText? InCapitals(Prose prose, string head)
    {
        var match = Capitals().Match(head);
        return match.Success ? new(Exhibit().Replace(match.Value, "").Trim(), prose.PlaceOf(match.Index), 0.85) : null;
    }

    private static Group? Itself(string head)
    {
        var match = ThisAgreement().Match(head);
        return match.Success ? match.Groups[1] : null;
    }

    [GeneratedRegex(
        @"^\W*(?:(?:exhibit|anlage|annex|appendix|schedule|attachment)\s+[\w.\-()]+\s*(?:form\s+of\s+(?=\S+\s+\S))?"
        + @"|form\s+of\s+(?=\S+\s+\S))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Exhibit();

    [GeneratedRegex(
        @"\b(agreement|contract|amendment|lease|memorandum of understanding|terms of service|deed|charter|undertaking|letter of intent"
        + @"|addendum|settlement|engagement letter|power of attorney|\p{L}*vertrag|\p{L}*vereinbarung|contrat|accord|convention"
        + @"|\p{L}*overeenkomst|\p{L}*contract|\p{L}*avtal\p{L}*|\p{L}*avtale|\p{L}*aftale|\p{L}*kontrakt|contrato|acuerdo|contratto"
        + @"|accordo|acordo|perjanjian|umowa|porozumienie|smlouva|zmluva|dohoda|\p{L}*sopimus|\p{L}*szerz[őo]d[ée]s|ugovor"
        + @"|\p{L}*s[öo]zle[şs]mes[iİ]|pogodba|convenio|convenzione|bail)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^\W*(?:contract|agreement|title|document)\s*:\s*(?<name>\p{Lu}[^:;,.]{5,80})$", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    // A heading does not talk.
    [GeneratedRegex(
        @"[,;:]\s|\b(is|are|was|shall|will|may|made|entered|between|this|hereby|dated|pursuant|under|click|quicklinks|source|page)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Sentence();

    [GeneratedRegex(
        @"(?<![\p{L}\d])(?:(?!TH(?:IS|AT)\b)[A-Z][A-Z&'’/,-]*\s+){1,10}(?:AGREEMENT|CONTRACT|LEASE|AMENDMENT|VERTRAG|CONTRAT|CONTRATO"
        + @"|CONTRATTO|OVEREENKOMST)\b")]
    private static partial Regex Capitals();

    [GeneratedRegex(
        @"\bT(?:his|HIS)\s+((?:(?:[A-Z][\w&'/-]*|and|of|for|to|the|#?\d+),?\s+){1,9}(?:Agreement|AGREEMENT|Contract|CONTRACT|Lease"
        + @"|LEASE))\b")]
    private static partial Regex ThisAgreement();
}
