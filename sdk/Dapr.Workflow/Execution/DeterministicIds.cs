using System.Security.Cryptography;
using System.Text;

namespace Dapr.Workflow.Execution;

/// <summary>Identifiers that are the same on every replay: RFC 4122 version 5, within a name space made of the execution's id.</summary>
internal sealed class DeterministicIds
{
    private static readonly Guid FallbackNamespace = new("6f927a2e-9c7e-4a1d-9b8d-7a86f2e7f62f");

    private readonly string _instanceId;
    private readonly Guid _namespace;
    private int _count;

    /// <param name="instanceId">The instance.</param>
    /// <param name="executionId">Differs from one execution of the instance to the next; null where the sidecar gives none.</param>
    public DeterministicIds(string instanceId, string? executionId)
    {
        _instanceId = instanceId;
        var seed = string.IsNullOrEmpty(executionId) ? instanceId : executionId;
        _namespace = Guid.TryParse(seed, out var parsed) ? parsed : Version5(FallbackNamespace, seed);
    }

    public Guid NewGuid() => Version5(_namespace, $"{_instanceId}_{_count++}");

    /// <summary>The idempotency key of an activity call.</summary>
    public string TaskExecutionId(int actionId, string activityName) =>
        Version5(_namespace, $"{_instanceId}|activity|{actionId}|{activityName}").ToString("N");

    internal static Guid Version5(Guid space, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[16 + text.Length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        text.CopyTo(input, 16);
#pragma warning disable CA5350 // RFC 4122 prescribes SHA-1 for version 5; nothing is protected by it
        var hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
