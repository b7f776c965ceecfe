namespace DocumentAgents.Reading;

/// <summary>What every reader works on.</summary>
/// <param name="Name">The file name as uploaded; never opened.</param>
internal sealed record DocumentSource(string Name, ReadOnlyMemory<byte> Bytes, ReadLimits Limits, CancellationToken Cancellation)
{
    /// <summary>The lower-case extension with its dot, or the empty string.</summary>
    public string Extension
    {
        get
        {
            var dot = Name.LastIndexOf('.');
            return dot < 0 || dot < Name.LastIndexOfAny(['/', '\\']) ? "" : Name[dot..].ToLowerInvariant();
        }
    }
}
