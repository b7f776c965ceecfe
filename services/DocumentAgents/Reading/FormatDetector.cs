using DocumentAgents.Reading.Office;

namespace DocumentAgents.Reading;

/// <summary>What to read a document as.</summary>
/// <param name="OrText">When it does not parse as that after all, it is plain text: the name promised nothing.</param>
internal sealed record Detected(DocumentFormat Format, bool OrText = false);

/// <summary>
/// Decides the format. Content goes before name; a name that promises something the content is clearly not is <c>type_mismatch</c>,
/// while a .txt may hold any text, and text formats nobody can tell apart by content (Markdown, csv, e-mail) are believed by name.
/// </summary>
internal static class FormatDetector
{
    public static Detected Detect(DocumentSource source)
    {
        var kind = ContentSignature.Of(source.Bytes.Span);
        return kind switch
        {
            ContentKind.Blank => throw Failure(ReadFailureCodes.Empty, "nothing but white space"),
            ContentKind.Pdf or ContentKind.Zip or ContentKind.OleContainer or ContentKind.Image or ContentKind.OtherBinary =>
                OfBinary(kind, source),
            _ => OfText(kind, source),
        };
    }

    private static Detected OfBinary(ContentKind kind, DocumentSource source)
    {
        var fits = kind switch
        {
            ContentKind.Pdf => source.Extension is ".pdf",
            ContentKind.Zip => source.Extension is ".docx" or ".xlsx" or ".docm" or ".xlsm" or ".dotx" or ".xltx",
            ContentKind.OleContainer =>
                source.Extension is ".docx" or ".xlsx" or ".docm" or ".xlsm" or ".doc" or ".xls" or ".ppt" or ".msg",
            _ => IsUnknown(source.Extension),
        };
        if (!fits && !IsUnknown(source.Extension))
        {
            throw Mismatch(kind, source);
        }

        return kind switch
        {
            ContentKind.Pdf => new(DocumentFormat.Pdf),
            ContentKind.Zip => new(OfficeArchive.FormatOf(source)),
            ContentKind.OleContainer when OleContainer.HoldsEncryptedPackage(source.Bytes.Span) =>
                throw Failure(ReadFailureCodes.Encrypted, "an office document protected with a password"),
            ContentKind.OleContainer => throw Failure(ReadFailureCodes.Unsupported, "a binary office document of the time before 2007"),
            _ => throw Failure(ReadFailureCodes.Unsupported, "not a document with text: an image, a program or another archive"),
        };
    }

    private static Detected OfText(ContentKind kind, DocumentSource source) => source.Extension switch
    {
        ".pdf" or ".docx" or ".xlsx" or ".docm" or ".xlsm" or ".doc" or ".xls" => throw NotBinary(kind, source),
        ".csv" or ".tsv" or ".tab" => NeitherMarkupNorJson(DocumentFormat.Csv, kind, source),
        ".md" or ".markdown" => new(DocumentFormat.Markdown),
        ".eml" => new(DocumentFormat.Email),
        ".htm" or ".html" or ".xhtml" => new(DocumentFormat.Html),
        ".json" => kind is ContentKind.Xml or ContentKind.Html or ContentKind.Ofx ? throw Mismatch(kind, source) : new(DocumentFormat.Json),
        ".xml" => OfXml(kind, source),
        ".ofx" or ".qfx" => kind is ContentKind.Ofx or ContentKind.Xml or ContentKind.PlainText
            ? new(DocumentFormat.Ofx)
            : throw Mismatch(kind, source),
        ".qif" => NeitherMarkupNorJson(DocumentFormat.Qif, kind, source),
        ".sta" or ".mt940" or ".940" => NeitherMarkupNorJson(DocumentFormat.Mt940, kind, source),
        ".ach" or ".nacha" => NeitherMarkupNorJson(DocumentFormat.Ach, kind, source),
        ".hl7" => NeitherMarkupNorJson(DocumentFormat.Hl7, kind, source),
        ".edi" or ".edifact" or ".x12" => OfEdi(kind, source),
        _ => OfUnpromising(kind),
    };

    private static Detected OfXml(ContentKind kind, DocumentSource source) => kind switch
    {
        ContentKind.Json => throw Mismatch(kind, source),
        ContentKind.Ofx => new(DocumentFormat.Ofx),
        ContentKind.Html => new(DocumentFormat.Html),
        _ => new(DocumentFormat.Xml),
    };

    private static Detected OfEdi(ContentKind kind, DocumentSource source) => kind switch
    {
        ContentKind.X12 => new(DocumentFormat.X12),
        ContentKind.Hl7 => new(DocumentFormat.Hl7),
        _ => NeitherMarkupNorJson(DocumentFormat.Edifact, kind, source),
    };

    private static Detected OfUnpromising(ContentKind kind) => kind switch
    {
        ContentKind.Xml => new(DocumentFormat.Xml, OrText: true),
        ContentKind.Json => new(DocumentFormat.Json, OrText: true),
        ContentKind.Html => new(DocumentFormat.Html),
        ContentKind.Ofx => new(DocumentFormat.Ofx, OrText: true),
        ContentKind.Mt940 => new(DocumentFormat.Mt940, OrText: true),
        ContentKind.Edifact => new(DocumentFormat.Edifact, OrText: true),
        ContentKind.X12 => new(DocumentFormat.X12, OrText: true),
        ContentKind.Ach => new(DocumentFormat.Ach, OrText: true),
        ContentKind.Hl7 => new(DocumentFormat.Hl7, OrText: true),
        ContentKind.Qif => new(DocumentFormat.Qif, OrText: true),
        ContentKind.Email => new(DocumentFormat.Email, OrText: true),
        _ => new(DocumentFormat.Text),
    };

    private static Detected NeitherMarkupNorJson(DocumentFormat format, ContentKind kind, DocumentSource source) =>
        kind is ContentKind.Xml or ContentKind.Html or ContentKind.Json ? throw Mismatch(kind, source) : new(format);

    private static bool IsUnknown(string extension) => extension is
        "" or ".bin" or ".dat" or ".tmp" or ".doc" or ".xls" or ".ppt" or ".msg" or ".pptx" or ".odt" or ".ods" or ".zip" or ".7z"
            or ".rar" or ".gz"
        or ".exe" or ".png" or ".jpg" or ".jpeg" or ".gif" or ".tif" or ".tiff" or ".bmp";

    // Text where a binary format is promised: another format is a mismatch, bytes that are nothing are a broken file.
    private static ReadException NotBinary(ContentKind kind, DocumentSource source) =>
        kind == ContentKind.PlainText && !LooksLikeText(source)
            ? ReadException.Malformed($"the name says {source.Extension}, the bytes are neither that nor anything else known")
            : Mismatch(kind, source);

    private static bool LooksLikeText(DocumentSource source)
    {
        try
        {
            _ = TextDecoder.Decode(source.Bytes.Span);
            return true;
        }
        catch (ReadException)
        {
            return false;
        }
    }

    private static ReadException Mismatch(ContentKind kind, DocumentSource source) =>
        Failure(ReadFailureCodes.TypeMismatch, $"the name says {source.Extension}, the content is {kind}");

    private static ReadException Failure(string code, string message) => new(new(code, message));
}
