namespace DocumentAgents.Reading;

/// <summary>The end of every reading: content or a failure, never an exception for what a document contains.</summary>
internal abstract record ReadResult
{
    private ReadResult()
    {
    }

    internal sealed record Succeeded(DocumentContent Content) : ReadResult;

    internal sealed record Failed(ReadFailure Failure) : ReadResult;
}

/// <summary>Why a document cannot be read.</summary>
/// <param name="Code">One of <see cref="ReadFailureCodes"/>.</param>
internal sealed record ReadFailure(string Code, string Message, Place? Place = null);

internal static class ReadFailureCodes
{
    public const string Empty = "empty";
    public const string Malformed = "malformed";
    public const string TypeMismatch = "type_mismatch";

    /// <summary>It parses, but a value is impossible. Readers do not judge values; extraction uses this code.</summary>
    public const string InvalidValue = "invalid_value";

    public const string BadEncoding = "bad_encoding";
    public const string Encrypted = "encrypted";
    public const string UnsafeXml = "unsafe_xml";
    public const string UnsafeArchive = "unsafe_archive";
    public const string LimitExceeded = "limit_exceeded";
    public const string Unsupported = "unsupported";
}
