namespace DocumentAgents.Reading;

/// <summary>What one document may cost; whatever goes beyond ends in <c>limit_exceeded</c>.</summary>
internal sealed record ReadLimits
{
    public static ReadLimits Default { get; } = new();

    public int MaxBytes { get; init; } = 20 * 1024 * 1024;

    public int MaxPages { get; init; } = 2_000;

    public int MaxXmlDepth { get; init; } = 128;

    public int MaxXmlNodes { get; init; } = 1_000_000;

    public int MaxJsonDepth { get; init; } = 128;

    public int MaxJsonValues { get; init; } = 1_000_000;

    /// <summary>Entries of an archive, parts of an e-mail, objects of a PDF are ten times as many.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Bytes after unpacking, over all parts of the document; also the characters of all lines and cells made of them.</summary>
    public long MaxExpandedBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Unpacked to packed size of one archive entry; looked at from one MiB on.</summary>
    public int MaxExpansionRatio { get; init; } = 200;

    public int MaxLines { get; init; } = 500_000;

    /// <summary>Cells of all tables, gaps in rows included; elements and components of all segments.</summary>
    public int MaxCells { get; init; } = 2_000_000;

    /// <summary>Nesting of MIME parts, of PDF objects and forms, and of tables.</summary>
    public int MaxNesting { get; init; } = 32;

    /// <summary>Words and glyphs of the drawing instructions of a PDF, over all pages.</summary>
    public int MaxOperators { get; init; } = 10_000_000;
}
