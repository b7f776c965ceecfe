using System.Text.RegularExpressions;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade.Print;

/// <summary>Tells a name from the other lines of an address.</summary>
internal static partial class PartyName
{
    /// <summary>The name in a line; null when the line is something else.</summary>
    public static string? Read(string text)
    {
        var plain = Honour().Replace(LooseMark().Replace(Words.Collapse(text), "$1"), "");
        var name = Attention().Replace(plain, "").Trim(' ', ',', ':', '-', '*', '#', '|');
        name = NameLabel().Replace(name, "");
        if (Inline().Match(name) is { Success: true } address)
        {
            name = name[..address.Index].TrimEnd(' ', ',', '-', '–', '•', '·');
        }

        var folded = Words.Fold(name);
        return name.Length is >= 2 and <= 90 && name.Any(char.IsLetter) && !NoName().IsMatch(folded) && !LabelledValue().IsMatch(folded)
            && !IsSentence(name) && !IsCode(name) ? name : null;
    }

    /// <summary>Whether a line is the street, the town or the like of an address.</summary>
    public static bool IsAddressLine(string text) => AddressLine().IsMatch(Words.Fold(text));

    /// <summary>Whether a line names somebody as a letter does that goes to him: 株式会社 … 御中, … 귀하.</summary>
    public static bool IsAddressee(string text) => Honour().IsMatch(text);

    // "INV-20931": one word of capitals and three figures or more.
    private static bool IsCode(string name) => name.Count(char.IsAsciiDigit) > 2
        && !name.Any(character => character == ' ' || char.IsLower(character));

    private static bool IsSentence(string name) => name.Split(' ').Length > 9
        || (name.EndsWith('.') && name.Split(' ').Length > 6 && LegalForm.EndOf(name) < name.Length - 1);

    [GeneratedRegex(
        @"^(attn|attention|att|t\.?\s?a\.?\s?v|z\.?\s?hd|z\.?\s?h|c/o|to|an|aan|herrn?|frau|firma|messrs|m/s|spettabile|spett\.?(le)?"
        + @"|familie|sig\.(ra)?|egregio|gentile|til|till|a|fao)\b[.:]*\s+(?=\S)|^(attn|attention|att|to)\s*:\s*",
        RegexOptions.IgnoreCase)]
    private static partial Regex Attention();

    [GeneratedRegex(@"(?<=\S)(?:\s*(?:御中|귀하|귀중)|\s+[様殿])\W*$")]
    private static partial Regex Honour();

    // "Lda ." and "Sons , Inc." are read from paper.
    [GeneratedRegex(@"\s+([.,;])(?=\s|$)")]
    private static partial Regex LooseMark();

    [GeneratedRegex(
        @"^(company|name|firma|nom|naam|namn|navn|nombre|nome|nama|full name|legal name|registered name|party name"
        + @"|trading name)\s*:\s*",
        RegexOptions.IgnoreCase)]
    private static partial Regex NameLabel();

    // "Company GmbH - Street 1 - 12345 Town": the rest of the line is its address.
    [GeneratedRegex(
        @"\s+[-–•·|]\s+(?=.*\d)|,\s+(?=\p{L}[\p{L}\s.]{2,30}\s\d{1,4}[a-z]?\b)|,\s+(?=\d{1,5}\s)|\s+(?:NIP|VAT|USt|TVA|CVR|ABN|EIN)\b")]
    private static partial Regex Inline();

    [GeneratedRegex(
        @"^\W*(?:familie|firma|herrn?|frau|eheleute|herrn? (?:und|u\.) frau|an|monsieur|madame|mme|mlle|mr|mrs|ms|messrs|spett\.?(?:le"
        + @"|abile)?|egregio|gentile|exmos?|exmas?|senhore?s?|sr|sra|srs|vazeny|szanowni panstwo|panstwo|lp|pos|poz)\W*$|^\W*(date"
        + @"|invoice|rechnung|facture|factuur|faktura|page|seite|tel|phone|fax|e-?mail|vat|iban|bic|swift|number|no\b|nr\b|customer (no"
        + @"|number|id)|order|po\b|terms|currency|total|amount|description|item|qty|quantity|ship to|bill to|deliver|same as|address"
        + @"|attn|due|ref\b|reference|account|www|http|tax|payment|from|details|information|subtotal|balance)\b[\s:#.]*(\d.*)?$|@|www\."
        + @"|https?:|^\W*\d[\d\s./-]*$|^[(\[].*[)\]]$|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|^(tel|phone|fax|e-?mail|vat|iban|nip|ust|siret"
        + @"|tva|btw|kvk|cvr|org|gln|nummer|number|account|customer no)\b.*[:.]|%|:\s*$|\b(?:no|nr|number|nummer|date|datum)\W*$")]
    private static partial Regex NoName();

    // "Invoice number X-1 Total 5 EUR": a label with its value, or money, anywhere in the line.
    [GeneratedRegex(
        @"\b(?:invoice|order|customer|account|document|reference|rechnungs?|auftrags?|bestell|kunden|facture|commande|client|factuur"
        + @"|klant|faktura|ordre|fattura|ordine|factura|pedido)[\s-]*(?:number|no\b|nr\b|num\b|id\b|nummer|n°|numero|numer\b|date|datum)"
        + @"|\b(?:sub-?total|total|summe|gesamt|betrag|amount|totaal|totale|montant)\b[\s:]*(?:[a-z]{3}\s|[€$£])?\s*\d|\d\s*(?:€|\$|£"
        + @"|(?:eur|usd|gbp|chf|sek|dkk|nok|pln)\b)|(?:€|£|\$)\s*\d")]
    private static partial Regex LabelledValue();

    [GeneratedRegex(
        @"(^|\s)(\d{4,6}|[a-z]{1,2}-\d{4,6})\s+\p{L}|\b[a-z]{2}\.?,?\s+\d{5}(-\d{4})?\b|\b\d{4}\s?[a-z]{2}\b"
        + @"|\b[a-z]{1,2}\d[a-z\d]?\s\d[a-z]{2}\b|(^|\s)\d{4}-\d{3}\s+\p{L}|(^|\s)\d{3}\s\d{2}\s+\p{L}|(^|\s)\d{2}-\d{3}\s+\p{L}|^c/o\s"
        + @"|^\d+[a-z]?,?\s+\p{L}|\p{L}\.?,?\s+\d{1,4}\s?[a-z]?([-/+]\d{1,4}\s?[a-z]?)?$|\b(street|road|avenue|lane|drive|strasse|str\."
        + @"|weg|platz|rue|straat|laan|gatan|vagen|vej|gade|calle|via|piazza|avenida|rua|jalan|p\.?o\.? box|postfach|suite|floor|place"
        + @"|impasse|quai|chemin|boulevard|bd|route|allee|cours|plaza|paseo|camino|praca|largo|travessa|corso|viale|plein|gracht|kade"
        + @"|singel|gasse|ring|ufer|torg|utca|ulica|ul|strada|close|crescent|court|square|terrace|row|blvd)\b")]
    private static partial Regex AddressLine();
}
