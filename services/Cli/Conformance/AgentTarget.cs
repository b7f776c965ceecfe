using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Orchestration.Client;
using Orchestration.Contracts.Agents;

namespace Cli.Conformance;

/// <summary>The agent process under check.</summary>
/// <param name="address">Its address, or that of a sidecar of its system.</param>
/// <param name="token">What is asked for there: its app token, or the sidecar's token; null for nothing.</param>
/// <param name="timeout">Longest time of one call.</param>
/// <param name="appId">Its Dapr app id at the sidecar; null for an agent at its own address.</param>
internal sealed class AgentTarget(Uri address, string? token, TimeSpan timeout, string? appId = null) : IDisposable
{
    private readonly GrpcChannel channel = GrpcChannel.ForAddress(address);

    /// <summary>Null for an agent at its own address; otherwise calls may go to any replica of the app.</summary>
    public string? AppId => appId;

    public string Name => appId is null ? address.ToString() : $"'{appId}' at {address}";

    /// <summary>True when a call has reached no agent: it is not there, or says nothing.</summary>
    public bool IsNobody(RpcException problem) => !IsOwn(problem.Trailers) && problem.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.NotFound => true,
        // A sidecar says so of an app it does not know.
        StatusCode.Internal => appId is not null,
        _ => false,
    };

    /// <summary>True when a call was not let in, by the agent or on the way.</summary>
    public static bool IsShut(RpcException problem) => problem.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied;

    public static bool IsOwn(Metadata trailers) => !string.IsNullOrEmpty(trailers.GetValue("failure-code"));

    private AgentService.AgentServiceClient Client => new(channel);

    public async Task<DescribeResponse> DescribeAsync(CancellationToken cancellationToken) =>
        await Client.DescribeAsync(new DescribeRequest(), Options(cancellationToken));

    public async Task<CancelResponse> CancelAsync(string key, CancellationToken cancellationToken) =>
        await Client.CancelAsync(new CancelRequest { Tenant = "conformance", IdempotencyKey = key }, Options(cancellationToken));

    public AsyncServerStreamingCall<ExecuteResponse> Start(
        string agent, string skill, string input, string step, CancellationToken cancellationToken) =>
        Client.Execute(
            new ExecuteRequest
            {
                Tenant = "conformance",
                RunId = "conformance",
                RootRunId = "conformance",
                StepId = step,
                Attempt = 1,
                AgentId = agent,
                Skill = skill,
                Input = ByteString.CopyFromUtf8(input),
                IdempotencyKey = KeyOf(step),
            },
            Options(cancellationToken));

    public static string KeyOf(string step) => $"conformance/{step}";

    /// <summary>Makes a call to its end. The status is OK when the stream ended by itself.</summary>
    public async Task<CallOutcome> CallAsync(string agent, string skill, string input, string step, CancellationToken cancellationToken)
    {
        using var call = Start(agent, skill, input, step, cancellationToken);
        return await EndAsync(call, cancellationToken);
    }

    public static async Task<CallOutcome> EndAsync(AsyncServerStreamingCall<ExecuteResponse> call, CancellationToken cancellationToken)
    {
        var messages = new List<ExecuteResponse>();
        var headers = Metadata.Empty;
        try
        {
            headers = await call.ResponseHeadersAsync;
            await foreach (var message in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                messages.Add(message);
            }

            return new CallOutcome(call.GetStatus(), call.GetTrailers(), headers, messages);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new CallOutcome(exception.Status, exception.Trailers, headers, messages);
        }
    }

    public void Dispose() => channel.Dispose();

    private CallOptions Options(CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        if (token is not null)
        {
            headers.Add("dapr-api-token", token);
        }

        if (appId is not null)
        {
            headers.Add("dapr-app-id", appId);
            headers.Add("dapr-stream", "true");
        }

        return new CallOptions(headers, TimeProvider.System.GetUtcNow().UtcDateTime + timeout, cancellationToken);
    }
}

/// <summary>How one call ended.</summary>
internal sealed record CallOutcome(Status Status, Metadata Trailers, Metadata Headers, IReadOnlyList<ExecuteResponse> Messages)
{
    public bool Ended => Status.StatusCode == StatusCode.OK;

    /// <summary>False when the status may be anybody's: the sidecar's, the connection's.</summary>
    public bool IsOwnWord => AgentTarget.IsOwn(Trailers);

    /// <summary>Null when the call was refused as it should be.</summary>
    public string? RefusalProblem(StatusCode expected) =>
        Status.StatusCode != expected ? $"it was {this}" : IsOwnWord ? null : "the trailer failure-code is missing";

    public override string ToString() => Ended ? "OK" : $"{Status.StatusCode}: {StatusText.Of(Status)}";
}
