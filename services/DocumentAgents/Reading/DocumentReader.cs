using System.Text.RegularExpressions;
using DocumentAgents.Reading.Html;
using DocumentAgents.Reading.Interchange;
using DocumentAgents.Reading.Mail;
using DocumentAgents.Reading.Office;
using DocumentAgents.Reading.Pdf;

namespace DocumentAgents.Reading;

/// <summary>
/// Turns the bytes of an uploaded file into <see cref="DocumentContent"/>. Nothing is fetched, run or written, whatever the bytes ask for.
/// </summary>
internal static class DocumentReader
{
    /// <summary>Reads; every input ends in a result. Only cancellation is thrown.</summary>
    /// <param name="fileName">As uploaded; decides only where the content does not, and is never opened.</param>
    public static ReadResult Read(string fileName, ReadOnlyMemory<byte> bytes, ReadLimits limits, CancellationToken cancellationToken)
    {
        var source = new DocumentSource(fileName, bytes, limits, cancellationToken);
        try
        {
            return new ReadResult.Succeeded(Read(source));
        }
        catch (ReadException e)
        {
            return new ReadResult.Failed(e.Failure);
        }
        catch (RegexMatchTimeoutException)
        {
            return new ReadResult.Failed(RegexLimit.Exceeded);
        }
#pragma warning disable CA1031 // the edge: a mistake of a reader on hostile bytes must not take the batch along
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            return new ReadResult.Failed(new(ReadFailureCodes.Malformed, $"{UnexpectedPrefix}{e.GetType().Name}: {e.Message}"));
        }
    }

    /// <summary>Begins the message of a failure that no reader foresaw; tests look for it.</summary>
    internal const string UnexpectedPrefix = "not readable: ";

    private static DocumentContent Read(DocumentSource source)
    {
        if (source.Bytes.IsEmpty)
        {
            throw new ReadException(new(ReadFailureCodes.Empty, "no bytes"));
        }

        if (source.Bytes.Length > source.Limits.MaxBytes)
        {
            throw ReadException.Limit($"{source.Bytes.Length} bytes are more than {source.Limits.MaxBytes}");
        }

        var detected = FormatDetector.Detect(source);
        try
        {
            return ReadAs(detected.Format, source);
        }
        catch (ReadException e) when (detected.OrText && e.Failure.Code == ReadFailureCodes.Malformed)
        {
            return PlainTextReader.Read(source, DocumentFormat.Text);
        }
    }

    private static DocumentContent ReadAs(DocumentFormat format, DocumentSource source) => format switch
    {
        DocumentFormat.Xml => XmlDocumentReader.Read(source),
        DocumentFormat.Json => JsonDocumentReader.Read(source),
        DocumentFormat.Csv => CsvDocumentReader.Read(source),
        DocumentFormat.Text or DocumentFormat.Markdown => PlainTextReader.Read(source, format),
        DocumentFormat.Html => HtmlDocumentReader.Read(source),
        DocumentFormat.Email => MailReader.Read(source),
        DocumentFormat.Docx => DocxReader.Read(source),
        DocumentFormat.Xlsx => XlsxReader.Read(source),
        DocumentFormat.Pdf => PdfReader.Read(source),
        _ => ReadInterchange(format, source),
    };

    private static DocumentContent ReadInterchange(DocumentFormat format, DocumentSource source) => format switch
    {
        DocumentFormat.Ofx => OfxReader.Read(source),
        DocumentFormat.Qif => QifReader.Read(source),
        DocumentFormat.Mt940 => Mt940Reader.Read(source),
        DocumentFormat.Edifact => EdifactReader.Read(source),
        DocumentFormat.X12 => X12Reader.Read(source),
        DocumentFormat.Ach => AchReader.Read(source),
        DocumentFormat.Hl7 => Hl7Reader.Read(source),
        _ => throw new ReadException(new(ReadFailureCodes.Unsupported, $"no reader for {format}")),
    };
}
