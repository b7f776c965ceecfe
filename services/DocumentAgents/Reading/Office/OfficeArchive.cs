using System.IO.Compression;

namespace DocumentAgents.Reading.Office;

/// <summary>
/// The zip archive of docx and xlsx. Entries are only ever read into memory, within the limits, whatever their headers claim.
/// </summary>
internal sealed class OfficeArchive : IDisposable
{
    private const int RatioFrom = 1024 * 1024;
    private readonly ZipArchive archive;
    private readonly DocumentSource source;
    private long expanded;

    public OfficeArchive(DocumentSource source)
    {
        this.source = source;
        try
        {
            archive = new ZipArchive(new MemoryStream(source.Bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            CheckEntries();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or ArgumentException)
        {
            throw ReadException.Malformed($"a broken archive: {e.Message}");
        }
    }

    public static DocumentFormat FormatOf(DocumentSource source)
    {
        using var archive = new OfficeArchive(source);
        var format = archive.Has("word/document.xml") ? DocumentFormat.Docx
            : archive.Has("xl/workbook.xml") ? DocumentFormat.Xlsx
            : throw new ReadException(new(ReadFailureCodes.Unsupported, "an archive that is neither docx nor xlsx"));
        var promised = source.Extension switch
        {
            ".docx" or ".docm" or ".dotx" => DocumentFormat.Docx,
            ".xlsx" or ".xlsm" or ".xltx" => DocumentFormat.Xlsx,
            _ => format,
        };
        return promised == format
            ? format
            : throw new ReadException(new(ReadFailureCodes.TypeMismatch, $"the name says {source.Extension}, the content is {format}"));
    }

    public bool Has(string name) => archive.GetEntry(name) is not null;

    public IEnumerable<string> Names => archive.Entries.Select(entry => entry.FullName);

    /// <summary>The bytes of an entry, or null when there is none of that name.</summary>
    public byte[]? Read(string name)
    {
        var entry = archive.GetEntry(name);
        if (entry is null)
        {
            return null;
        }

        try
        {
            using var stream = entry.Open();
            return Drain(stream, entry);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or NotSupportedException)
        {
            throw ReadException.Malformed($"entry {name} is broken: {e.Message}");
        }
    }

    public void Dispose() => archive.Dispose();

    private byte[] Drain(Stream stream, ZipArchiveEntry entry)
    {
        var target = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            source.Cancellation.ThrowIfCancellationRequested();
            target.Write(buffer, 0, read);
            expanded += read;
            if (expanded > source.Limits.MaxExpandedBytes)
            {
                throw ReadException.Limit($"the archive unpacks to more than {source.Limits.MaxExpandedBytes} bytes");
            }

            if (target.Length > RatioFrom && target.Length / Math.Max(1, entry.CompressedLength) > source.Limits.MaxExpansionRatio)
            {
                throw ReadException.Limit($"entry {entry.FullName} unpacks to more than {source.Limits.MaxExpansionRatio} times its size");
            }
        }

        return target.ToArray();
    }

    private void CheckEntries()
    {
        if (archive.Entries.Count > source.Limits.MaxEntries)
        {
            throw ReadException.Limit($"more than {source.Limits.MaxEntries} entries");
        }

        foreach (var entry in archive.Entries)
        {
            if (entry.IsEncrypted)
            {
                throw new ReadException(new(ReadFailureCodes.Encrypted, $"entry '{entry.FullName}' is protected with a password"));
            }

            var name = entry.FullName.Replace('\\', '/');
            if (name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal) || name.Split('/').Contains(".."))
            {
                throw new ReadException(new(ReadFailureCodes.UnsafeArchive, $"entry '{entry.FullName}' points out of the archive"));
            }

            if (entry.Length > source.Limits.MaxExpandedBytes)
            {
                throw ReadException.Limit($"entry {entry.FullName} claims {entry.Length} bytes");
            }
        }
    }
}
