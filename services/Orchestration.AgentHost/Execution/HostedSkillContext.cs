using System.Text.Json;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Orchestration.Contracts.Agents;
using Orchestration.Hosting.Errors;

namespace Orchestration.AgentHost.Execution;

/// <summary>What a skill says and writes during a call that came over the wire.</summary>
internal sealed class HostedSkillContext(
    SkillCall call, ILogger logger, CallWriter writer, Hosting.Blobs.BlobStore blobs, StagedState state, CallCosts costs) : SkillContext
{
    private readonly Lock sync = new();
    private double percent;

    public override SkillCall Call => call;

    public override ILogger Logger => logger;

    public override Task ReportProgressAsync(double percent, string message, CancellationToken cancellationToken)
    {
        double reported;
        lock (sync)
        {
            this.percent = reported = Math.Clamp(Math.Max(percent, this.percent), 0, 100);
        }

        return writer.WriteAsync(
            new ExecuteResponse { Progress = new Progress { Percent = reported, Message = message } }, cancellationToken);
    }

    public override Task InsightAsync<T>(string type, T data, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(data, SkillJson.Options);
        return writer.WriteAsync(
            new ExecuteResponse { Insight = new Insight { Type = type, Data = UnsafeByteOperations.UnsafeWrap(json) } }, cancellationToken);
    }

    public override Task TokenAsync(string text, CancellationToken cancellationToken) =>
        writer.WriteAsync(new ExecuteResponse { Token = new Token { Text = text } }, cancellationToken);

    public override async Task<byte[]> ReadBlobAsync(BlobReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return await blobs.ReadAsync(call.Tenant, new Hosting.Blobs.BlobReference(reference.Blob, reference.Size), cancellationToken);
        }
        catch (FailureException exception)
        {
            throw exception.Failure.Class == Domain.Failures.FailureClass.Permanent
                ? SkillException.Permanent("blob_" + exception.Failure.Code, exception.Message, exception)
                : SkillException.System("blob_" + exception.Failure.Code, exception.Message, retryable: false, exception);
        }
    }

    public override async Task<BlobReference> WriteBlobAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var stored = await blobs.WriteAsync(call.Tenant, call.RootRunId, content, cancellationToken);
        return new BlobReference(stored.Blob, stored.Size);
    }

    public override Task<T?> GetStateAsync<T>(string key, CancellationToken cancellationToken) where T : class =>
        state.GetAsync<T>(key, cancellationToken);

    public override void SetState<T>(string key, T value) => state.Set(key, JsonSerializer.SerializeToUtf8Bytes(value, SkillJson.Options));

    public override void RemoveState(string key) => state.Set(key, null);

    public override void AddCost(SkillCost cost) => costs.Add(cost, call.Attempt);
}
