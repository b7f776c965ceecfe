namespace Grpc.Core;

/// <summary>What a client asks for with a call.</summary>
/// <param name="headers">Metadata sent with the call.</param>
/// <param name="deadline">When the call must be over, in UTC; null for no limit.</param>
/// <param name="cancellationToken">Cancels the call.</param>
/// <param name="writeOptions">How messages are written.</param>
/// <param name="propagationToken">Passes on properties of the call that is being served.</param>
/// <param name="credentials">What authenticates the call.</param>
#pragma warning disable CA1068 // the official order of parameters
public readonly struct CallOptions(
    Metadata? headers = null,
    DateTime? deadline = null,
    CancellationToken cancellationToken = default,
    WriteOptions? writeOptions = null,
    ContextPropagationToken? propagationToken = null,
    CallCredentials? credentials = null)
#pragma warning restore CA1068
{
    /// <summary>Metadata sent with the call.</summary>
    public Metadata? Headers { get; private init; } = headers;

    /// <summary>When the call must be over, in UTC; null for no limit.</summary>
    public DateTime? Deadline { get; private init; } = deadline;

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private init; } = cancellationToken;

    /// <summary>How messages are written.</summary>
    public WriteOptions? WriteOptions { get; private init; } = writeOptions;

    /// <summary>Passes on properties of the call that is being served.</summary>
    public ContextPropagationToken? PropagationToken { get; private init; } = propagationToken;

    /// <summary>What authenticates the call.</summary>
    public CallCredentials? Credentials { get; private init; } = credentials;

    /// <summary>Whether the call waits for a connection instead of failing when there is none.</summary>
    public bool IsWaitForReady { get; private init; }

    /// <summary>These options with other metadata.</summary>
    /// <param name="headers">Metadata sent with the call.</param>
    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>These options with another deadline.</summary>
    /// <param name="deadline">When the call must be over, in UTC.</param>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>These options with another token.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) => this with { CancellationToken = cancellationToken };

    /// <summary>These options with another way of writing.</summary>
    /// <param name="writeOptions">How messages are written.</param>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>These options with another propagation.</summary>
    /// <param name="propagationToken">Passes on properties of the call that is being served.</param>
    public CallOptions WithPropagationToken(ContextPropagationToken propagationToken) => this with { PropagationToken = propagationToken };

    /// <summary>These options with other credentials.</summary>
    /// <param name="credentials">What authenticates the call.</param>
    public CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>These options, waiting or not waiting for a connection.</summary>
    /// <param name="waitForReady">Whether the call waits for a connection instead of failing when there is none.</param>
    public CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
