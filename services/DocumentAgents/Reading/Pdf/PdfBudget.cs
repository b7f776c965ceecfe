namespace DocumentAgents.Reading.Pdf;

/// <summary>What reading this PDF may still cost.</summary>
internal sealed class PdfBudget(ReadLimits limits, CancellationToken cancellation)
{
    private const int ObjectsPerEntry = 10;
    private const int BytesPerOperation = 16;
    private long expanded;
    private long operators;
    private long objects;

    public int MaxNesting => limits.MaxNesting;

    public int MaxPages => limits.MaxPages;

    public void Expand(long bytes)
    {
        cancellation.ThrowIfCancellationRequested();
        expanded += bytes;
        if (expanded > limits.MaxExpandedBytes)
        {
            throw ReadException.Limit($"the streams unpack to more than {limits.MaxExpandedBytes} bytes");
        }
    }

    /// <summary>Counts instructions, and glyphs as instructions.</summary>
    public void Operate(int count)
    {
        operators += count;
        if (operators > limits.MaxOperators)
        {
            throw ReadException.Limit($"more than {limits.MaxOperators} drawing instructions");
        }

        if (operators % 1024 < count)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Counts bytes looked at, so that a short stretch of a file cannot be read over and over.</summary>
    public void Scan(int bytes)
    {
        if (bytes >= BytesPerOperation)
        {
            Operate(bytes / BytesPerOperation);
        }
    }

    public void LoadObject()
    {
        if (++objects > (long)limits.MaxEntries * ObjectsPerEntry)
        {
            throw ReadException.Limit($"more than {(long)limits.MaxEntries * ObjectsPerEntry} objects");
        }

        if (objects % 256 == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
