using System.Text;
using System.Text.RegularExpressions;

namespace DocumentAgents.Reading;

/// <summary>What the first bytes say, independent of any name.</summary>
internal enum ContentKind
{
    Blank,
    Pdf,
    Zip,
    OleContainer,
    Image,
    OtherBinary,
    Html,
    Xml,
    Ofx,
    Json,
    Mt940,
    Edifact,
    X12,
    Ach,
    Hl7,
    Qif,
    Email,
    PlainText,
}

internal static partial class ContentSignature
{
    private const int HeadLength = 4096;

    public static ContentKind Of(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, HeadLength)];
        return Binary(head) ?? OfText(HeadText(head), bytes.Length);
    }

    private static ContentKind? Binary(ReadOnlySpan<byte> head) => head switch
    {
        _ when IsPdf(head) => ContentKind.Pdf,
        [0x50, 0x4B, 0x03, 0x04, ..] or [0x50, 0x4B, 0x05, 0x06, ..] => ContentKind.Zip,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => ContentKind.OleContainer,
        [0x89, 0x50, 0x4E, 0x47, ..] or [0xFF, 0xD8, 0xFF, ..] or [0x47, 0x49, 0x46, 0x38, ..] => ContentKind.Image,
        [0x49, 0x49, 0x2A, 0, ..] or [0x4D, 0x4D, 0, 0x2A, ..] or [0x42, 0x4D, _, _, _, _, 0, 0, 0, 0, ..] => ContentKind.Image,
        [0x1F, 0x8B, ..] or [0x37, 0x7A, 0xBC, 0xAF, ..] or [0x52, 0x61, 0x72, 0x21, ..] => ContentKind.OtherBinary,
        [0x7F, 0x45, 0x4C, 0x46, ..] or [0x4D, 0x5A, 0x90, 0, ..] => ContentKind.OtherBinary,
        _ => null,
    };

    // Other bytes may stand before the header; a text that only speaks of PDF has no objects.
    private static bool IsPdf(ReadOnlySpan<byte> head) => head[..Math.Min(head.Length, 1024)].IndexOf("%PDF-"u8) switch
    {
        < 0 => false,
        0 => true,
        _ => head.IndexOf(" obj"u8) >= 0,
    };

    private static ContentKind OfText(string head, int length) => head.TrimStart() switch
    {
        "" => length <= HeadLength ? ContentKind.Blank : ContentKind.PlainText,
        ['<', ..] text => OfMarkup(text),
        ['{' or '[', ..] text => text.StartsWith("{1:", StringComparison.Ordinal) ? ContentKind.Mt940 : ContentKind.Json,
        var text => OfInterchange(text),
    };

    private static ContentKind OfMarkup(string text)
    {
        if (OfxRoot().IsMatch(text))
        {
            return ContentKind.Ofx;
        }

        return HtmlStart().IsMatch(XmlProlog.Skip(text)) ? ContentKind.Html : XmlStart().IsMatch(text)
            ? ContentKind.Xml
            : ContentKind.PlainText;
    }

    private static ContentKind OfInterchange(string text) => text switch
    {
        _ when text.StartsWith("OFXHEADER", StringComparison.OrdinalIgnoreCase) => ContentKind.Ofx,
        _ when text.StartsWith("MSH|", StringComparison.Ordinal) || Hl7Batch().IsMatch(text) => ContentKind.Hl7,
        _ when Edifact().IsMatch(text) => ContentKind.Edifact,
        _ when X12().IsMatch(text) => ContentKind.X12,
        _ when Mt940().IsMatch(text) => ContentKind.Mt940,
        _ when Ach().IsMatch(text) => ContentKind.Ach,
        _ when Qif().IsMatch(text) => ContentKind.Qif,
        _ when Email().Count(text) >= 3 && EmailStart().IsMatch(text) => ContentKind.Email,
        _ => ContentKind.PlainText,
    };

    // Only for looking: every byte becomes some character, and UTF-16 is thinned to its low bytes.
    private static string HeadText(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(head[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(head[2..]),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.Latin1.GetString(head[3..]),
        [_, 0, _, 0, ..] => Encoding.Unicode.GetString(head),
        [0, _, 0, _, ..] => Encoding.BigEndianUnicode.GetString(head),
        _ => Encoding.Latin1.GetString(head),
    };

    [GeneratedRegex(@"^(<\?xml[^>]*\?>\s*)?(<\?OFX\b|<OFX>)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfxRoot();

    [GeneratedRegex(@"^(<!doctype\s+html\b|<html\b|<head\b|<body\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HtmlStart();

    [GeneratedRegex(@"^<(\?xml\b|!DOCTYPE\b|!--|[A-Za-z_][\w.:-]*[\s/>])", RegexOptions.CultureInvariant)]
    private static partial Regex XmlStart();

    [GeneratedRegex(@"^(FHS|BHS)\|\^", RegexOptions.CultureInvariant)]
    private static partial Regex Hl7Batch();

    [GeneratedRegex(@"^(UNA.{6}\s*)?(UNB|UNH)[^A-Za-z0-9 ]|^UNA.{6}\s*UN[BH]|^STX=[A-Z]{3,6}:\d\+", RegexOptions.CultureInvariant)]
    private static partial Regex Edifact();

    [GeneratedRegex(@"^ISA([^A-Za-z0-9 ])\d\d\1.{0,10}\1|^GS\*[A-Z]{2}\*|^ST\*\d{3}\*\d", RegexOptions.CultureInvariant)]
    private static partial Regex X12();

    [GeneratedRegex(@"(^|\n|\})\s*:20:[\s\S]*\n:(25[A-Z]?|28C?|NS|60[FM]):", RegexOptions.CultureInvariant)]
    private static partial Regex Mt940();

    [GeneratedRegex(@"^1\d\d[ \d]\d{9}[ \dA-Z].{9}\d{6}[^\r\n]{65}(\r?\n|[56789]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Ach();

    [GeneratedRegex(@"^!(Type|Account|Option|Clear):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Qif();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]*:[ \t]", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(
        @"^(From [^\n]*\n)?(Return-Path|Received|Delivered-To|From|Date|Message-ID|MIME-Version|X-[A-Za-z0-9-]+|To|Subject):[ \t]"
        + @"[\s\S]*^(From|Message-ID|Received|MIME-Version):",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex EmailStart();
}
