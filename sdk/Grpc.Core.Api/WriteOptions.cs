namespace Grpc.Core;

/// <summary>How a message is written.</summary>
/// <param name="flags">Hints for the transport.</param>
public class WriteOptions(WriteFlags flags = default)
{
    /// <summary>No hints.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Hints for the transport.</summary>
    public WriteFlags Flags { get; } = flags;
}

/// <summary>Hints for writing a message; they can be combined.</summary>
[Flags]
#pragma warning disable CA1008 // the wire contract of the enum has no zero member
public enum WriteFlags
#pragma warning restore CA1008
{
    /// <summary>The message may be held back to be sent together with following ones.</summary>
    BufferHint = 1,

    /// <summary>The message is sent uncompressed even on a compressed call.</summary>
    NoCompress = 2,
}
