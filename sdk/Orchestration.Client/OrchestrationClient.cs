using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Orchestration.Contracts;

namespace Orchestration.Client;

/// <summary>
/// What a .NET program uses to submit, watch and steer runs. Safe for concurrent use. A call that finds nobody there, or whose
/// connection is lost before an answer begins, is repeated for some seconds where repeating does no harm.
/// </summary>
public sealed class OrchestrationClient : IDisposable
{
    /// <summary>Bytes one upload may have.</summary>
    public const int LargestUpload = 64 << 20;

    // By this header the monitor says that a watch has begun.
    private const string Watching = "watching";
    private const int ChunkSize = 1 << 20;
    private const int LargestMessage = 16 << 20;

    // Calls that the channel may repeat without harm. A signal is not among them: without a request id it would count twice. Nor is what
    // this class repeats itself (submissions, uploads, downloads, watches): one repetition inside another would multiply the tries.
    private static readonly MethodName[] Repeatable =
    [
        new() { Service = PlanService.Descriptor.FullName },
        new() { Service = RunService.Descriptor.FullName, Method = nameof(RunService.RunServiceClient.CancelRun) },
        new() { Service = RunQueryService.Descriptor.FullName },
        new() { Service = RegistryService.Descriptor.FullName },
        new() { Service = SystemService.Descriptor.FullName },
    ];

    // Up to about ten seconds in all: a restart of what was called, not an outage.
    private static readonly RetryPolicy Retries = new()
    {
        MaxAttempts = 8,
        InitialBackoff = TimeSpan.FromMilliseconds(200),
        MaxBackoff = TimeSpan.FromSeconds(3),
        BackoffMultiplier = 2,
        RetryableStatusCodes = { StatusCode.Unavailable },
    };

    private readonly GrpcChannel _channel;
    private readonly TimeSpan _patience;

    /// <summary>Makes a client; nothing is called yet.</summary>
    /// <param name="options">Where the system is and who is calling.</param>
    public OrchestrationClient(OrchestrationClientOptions options)
    {
        _patience = options.Patience;
        _channel = GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = LargestMessage,
            MaxRetryAttempts = Retries.MaxAttempts,
            MaxRetryBufferPerCallSize = LargestMessage,
            MaxRetryBufferSize = 4 * LargestMessage,
            ServiceConfig = options.Patience > TimeSpan.Zero
                ? new ServiceConfig { MethodConfigs = { RepeatableConfig(), WatchConfig() } }
                : null,
        });
        var orchestrator = _channel.Intercept(new CallerInterceptor(options, options.OrchestratorAppId));
        var monitor = _channel.Intercept(new CallerInterceptor(options, options.MonitorAppId));
        Plans = new PlanService.PlanServiceClient(orchestrator);
        Runs = new RunService.RunServiceClient(orchestrator);
        Registry = new RegistryService.RegistryServiceClient(orchestrator);
        System = new SystemService.SystemServiceClient(orchestrator);
        Blobs = new BlobService.BlobServiceClient(orchestrator);
        Queries = new RunQueryService.RunQueryServiceClient(monitor);
    }

    /// <summary>The catalogue of plans.</summary>
    public PlanService.PlanServiceClient Plans { get; }

    /// <summary>Commands on runs. A submission is made once here; <see cref="SubmitAsync"/> repeats it.</summary>
    public RunService.RunServiceClient Runs { get; }

    /// <summary>Questions about runs.</summary>
    public RunQueryService.RunQueryServiceClient Queries { get; }

    /// <summary>The agents the orchestrator knows.</summary>
    public RegistryService.RegistryServiceClient Registry { get; }

    /// <summary>The state of the system.</summary>
    public SystemService.SystemServiceClient System { get; }

    /// <summary>Large content, each call made once; <see cref="UploadAsync"/> and <see cref="DownloadAsync"/> repeat it.</summary>
    public BlobService.BlobServiceClient Blobs { get; }

    /// <summary>
    /// Submits a run, once however often it must be asked for: while nobody answers it is asked again under the same request id.
    /// </summary>
    /// <param name="request">The run; it is submitted with a request id of its own when it has none.</param>
    /// <param name="cancellationToken">Stops asking; the run may have been accepted.</param>
    /// <exception cref="RpcException">The run is refused (<see cref="ProblemText.Of"/> has the reasons), or nobody answered.</exception>
    public Task<SubmitRunResponse> SubmitAsync(SubmitRunRequest request, CancellationToken cancellationToken)
    {
        var submission = request.Clone();
        submission.RequestId = request.RequestId.Length > 0 ? request.RequestId : $"request-{Guid.NewGuid():N}";
        return Repetition.CallAsync(
            async () => await Runs.SubmitRunAsync(submission, cancellationToken: cancellationToken), _patience, cancellationToken);
    }

    /// <summary>
    /// Stores content and returns its reference for use in inputs. While the system has no room for it, it is sent again as often as the
    /// system advises.
    /// </summary>
    /// <param name="collection">What the content is kept with, for example a request id.</param>
    /// <param name="content">The content, at most <see cref="LargestUpload"/> bytes.</param>
    /// <param name="cancellationToken">Stops the upload; nothing is kept.</param>
    /// <exception cref="RpcException">The content is too large, the caller may not, there was no room for it all the time, or nobody
    /// answered.</exception>
    public Task<BlobReference> UploadAsync(string collection, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => Repetition.CallAsync(() => UploadOnceAsync(collection, content, cancellationToken), _patience, cancellationToken);

    /// <summary>Fetches content.</summary>
    /// <param name="blob">Its reference.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <exception cref="RpcException">There is no such content (any more), or nobody answered.</exception>
    public Task<byte[]> DownloadAsync(string blob, CancellationToken cancellationToken)
        => Repetition.CallAsync(() => DownloadOnceAsync(blob, cancellationToken), _patience, cancellationToken);

    /// <summary>Reads a JSON value that came out of a run; a blob reference is followed.</summary>
    /// <param name="value">UTF-8 JSON, or <c>{"$blob": …, "size": n}</c>.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    public async Task<JsonElement> ReadValueAsync(ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(value.IsEmpty ? "null"u8.ToArray() : value);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("$blob", out var blob))
        {
            return document.RootElement.Clone();
        }

        using var content = JsonDocument.Parse(await DownloadAsync(blob.GetString() ?? "", cancellationToken));
        return content.RootElement.Clone();
    }

    /// <summary>
    /// Watches a run until it has ended. A stream that breaks is resumed after the newest sequence seen, so that no numbered
    /// event of the run itself is missed or repeated; events of child runs may come again. It is resumed as long as the options'
    /// patience lasts without an answer.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="includeChildren">Adds the events of the runs below it.</param>
    /// <param name="isAccepted">True for a run that was accepted: when its events are late, it is waited for and not unknown.</param>
    /// <param name="cancellationToken">Ends the watch; the run goes on.</param>
    /// <exception cref="RpcException">The run is unknown, the caller may not see it, or nobody answers any more.</exception>
    public IAsyncEnumerable<RunEvent> WatchAsync(string runId, bool includeChildren, bool isAccepted, CancellationToken cancellationToken)
        => WatchAsync(runId, includeChildren, isAccepted, _ => { }, cancellationToken);

    /// <inheritdoc cref="WatchAsync(string, bool, bool, CancellationToken)"/>
    /// <param name="runId">The run.</param>
    /// <param name="includeChildren">Adds the events of the runs below it.</param>
    /// <param name="isAccepted">True for a run that was accepted: when its events are late, it is waited for and not unknown.</param>
    /// <param name="connection">Told false, once, when the stream broke and resuming it has failed too; then true when it is there
    /// again.</param>
    /// <param name="cancellationToken">Ends the watch; the run goes on.</param>
    public async IAsyncEnumerable<RunEvent> WatchAsync(
        string runId, bool includeChildren, bool isAccepted, Action<bool> connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = 0L;
        var outage = new Outage(_patience, connection, TimeProvider.System);
        while (true)
        {
            using var call = Queries.WatchRun(
                new WatchRunRequest { RunId = runId, FromSequence = next, IncludeChildren = includeChildren }, cancellationToken: cancellationToken);
            while (await MoveNextAsync(call, isAccepted, outage, cancellationToken))
            {
                var current = call.ResponseStream.Current;
                if (current.RunId == runId && current.Sequence > 0)
                {
                    next = current.Sequence + 1;
                }

                yield return current;
                if (current.RunId == runId && current.PayloadCase == RunEvent.PayloadOneofCase.RunEnded)
                {
                    yield break;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static MethodConfig RepeatableConfig()
    {
        var config = new MethodConfig { RetryPolicy = Retries };
        foreach (var name in Repeatable)
        {
            config.Names.Add(name);
        }

        return config;
    }

    // The method's own entry goes before that of its service.
    private static MethodConfig WatchConfig() => new()
    {
        Names = { new MethodName
            { Service = RunQueryService.Descriptor.FullName, Method = nameof(RunQueryService.RunQueryServiceClient.WatchRun) } },
    };

    private async Task<BlobReference> UploadOnceAsync(string collection, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var call = Blobs.UploadBlob(cancellationToken: cancellationToken);
        try
        {
            await SendAsync(call.RequestStream, collection, content, cancellationToken);
        }
        catch (RpcException)
        {
            // The call has ended before all was sent; why, and when to come back, its answer says.
        }

        return await call.ResponseAsync;
    }

    private static async Task SendAsync(
        IClientStreamWriter<UploadBlobRequest> stream, string collection, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        for (var offset = 0; offset == 0 || offset < content.Length; offset += ChunkSize)
        {
            var chunk = content.Slice(offset, Math.Min(ChunkSize, content.Length - offset));
            await stream.WriteAsync(
                new UploadBlobRequest { Collection = offset == 0 ? collection : "", Chunk = UnsafeByteOperations.UnsafeWrap(chunk) },
                cancellationToken);
        }

        await stream.CompleteAsync();
    }

    private async Task<byte[]> DownloadOnceAsync(string blob, CancellationToken cancellationToken)
    {
        using var call = Blobs.DownloadBlob(new DownloadBlobRequest { Blob = blob }, cancellationToken: cancellationToken);
        using var content = new MemoryStream();
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            call.ResponseStream.Current.Chunk.WriteTo(content);
        }

        return content.ToArray();
    }

    /// <summary>False when the stream has ended or broke in a way that resuming mends.</summary>
    private static async Task<bool> MoveNextAsync(
        AsyncServerStreamingCall<RunEvent> call, bool isAccepted, Outage outage, CancellationToken cancellationToken)
    {
        var asked = TimeProvider.System.GetTimestamp();
        try
        {
            // Its first event may be hours away.
            if (outage.IsOpen && (await call.ResponseHeadersAsync).Get(Watching) is not null)
            {
                outage.Connected();
            }

            var isEvent = await call.ResponseStream.MoveNext(cancellationToken);
            outage.End();
            return isEvent;
        }
        catch (RpcException failure) when (!cancellationToken.IsCancellationRequested
            && (IsMended(failure.StatusCode) || (isAccepted && failure.StatusCode == StatusCode.NotFound))
            && !outage.IsTooLongAfter(asked, isLost: failure.StatusCode != StatusCode.NotFound))
        {
            return false;
        }
    }

    private static bool IsMended(StatusCode code)
        => code is StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Unknown or StatusCode.Internal
            or StatusCode.Cancelled;
}
