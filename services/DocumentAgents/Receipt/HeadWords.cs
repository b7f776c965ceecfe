using System.Text.RegularExpressions;

namespace DocumentAgents.Receipt;

/// <summary>What the lines at the top of a receipt are when they are not the name of the shop.</summary>
internal static partial class HeadWords
{
    /// <summary>A heading, a greeting, a label with a value: never a name.</summary>
    public static bool IsNoName(string folded) =>
        Heading().IsMatch(folded) || Contact().IsMatch(folded) || Labelled().IsMatch(folded) || IsCode(folded);

    // "Q0583.": of a till or a queue.
    private static bool IsCode(string folded) => !folded.Any(char.IsLetter) || Code().IsMatch(folded);

    public static bool IsAddress(string folded) => Street().IsMatch(folded) || PostCode().IsMatch(folded);

    public static bool IsContact(string folded) => Contact().IsMatch(folded);

    public static bool IsHeading(string folded) => Heading().IsMatch(folded) || Labelled().IsMatch(folded);

    public static bool IsRegistration(string folded) => Registration().IsMatch(folded);

    [GeneratedRegex(
        @"^\W*((simplified |official |cash |sales |payment )*(tax )?(invoice|receipt|bill)|tax (cash )?sales|cash( sales?)?|welcome.*"
        + @"|thank.*|.*for shopping.*|guest .*|customer copy|merchant copy|duplicate|copy|reprint|kassenbon|beleg|rechnung|quittung"
        + @"|ticket|recu|bon|kvittering|kvitto|recibo|scontrino|ricevuta|table .*|order .*|hotel details|store #.*|.* details|(inh"
        + @"|inhaber|prop|proprietor|owner|titolare|titulaire|gerant|eigenaar)\b.*|documento commerciale|di vendita o prestazione"
        + @"|parkeerkwitantie)\W*(/.*|no\W.*|#.*)?$")]
    private static partial Regex Heading();

    [GeneratedRegex(
        @"\b(tel|telephone|phone|fax|hp|h/p|hotline|careline|e-?mail|www|website|gst(?:no|id|reg)?|sst|vat|tax reg|tin|ust"
        + @"|siret|tva|p\.?iva|cvr|org\.? ?n[ro]|orgnr|btw|kvk|abn|nif|cif|mwst|uid|nip|ico|dic|adoszam|cui|ruc|rfc|nit|nipc"
        + @"|oib|gstin)\b\s*[.:#()]*|@|www\.|https?:|\.com\b(?!.*\b(sdn|ltd|inc|bhd)\b)|^\(?\+?[\d\s()/-]{7,}$")]
    private static partial Regex Contact();

    [GeneratedRegex(@"^[a-z]?\d{3,}\W*$")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[\p{L}\s./#]{2,22}:(?:\s*\S|\s*$)|^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|^[=*_-]{4,}")]
    private static partial Regex Labelled();

    [GeneratedRegex(
        @"^(no\.?\s?(\d|lot)|km\.?\s?\d|lot\b|lot\.|unit\b|level\b|\d+[a-z]?(-\d+[a-z]?)?,?$|\d+[a-z]?[,\s]+(jalan|jln"
        + @"|lorong|street|st\b|road|rd\b|ave|lane)|suite\b|block\b|blk\b|ground floor|g/f|\d+(st|nd|rd|th) floor)|\b(jalan"
        + @"|jln|lorong|taman|tmn|kampung|bandar|seksyen|section \d|pusat|persiaran|wisma|kawasan|street|road|avenue|boulevard"
        + @"|blvd|drive|lane|highway|strasse|str\.|platz|allee|rue|avenida|calle|plaza de|via|piazza|straat|laan|plein|gatan"
        + @"|vagen|gade|vej|vei|rua)\b|strasse\b|\bc/\s?\p{L}|(straat|plein|gata|gate|laan|weg|gracht|singel|kade|allee|gasse"
        + @"|platz|ring|katu|tie) \d|gade \d|vej \d|gatan \d|vagen \d|^\p{L}{5,} \d{1,4}[a-z]?, \p{L}[\p{L} .-]{3,}$")]
    private static partial Regex Street();

    [GeneratedRegex(
        @"(^|\s)\d{5}\s+[a-z]|\b[a-z]{2}\s+\d{5}\b|^\d{4}\s?[a-z]{2}?\s+[a-z]{3,}|,\s\d{4}\s?[a-z]{2}\s+[a-z]{3,}|,\s\d{4}\s+[a-z]{3,}"
        + @"|\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b|^(selangor|johor|penang|perak|malaysia|kuala lumpur|singapore)\W*$|,\s*[a-z]{2}$"
        + @"|\bselangor\b|\bkuala lumpur\b")]
    private static partial Regex PostCode();

    [GeneratedRegex(
        @"^\(?(co\.?\s?(reg)?|company reg|reg)?[\s.:#no]*\(?[a-z]{0,3}\d{5,12}\s?-?\s?[a-z]{0,2}\)?$|^\W*\(?(co|company|reg"
        + @"|business)[\w.\s]*(no|number|reg)\W|reg(istration)?\.? ?(no|number)")]
    private static partial Regex Registration();
}
