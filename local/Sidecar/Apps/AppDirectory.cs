using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.RunFiles;

namespace Sidecar.Apps;

/// <summary>All apps of the run file, and which of them a request to a sidecar port belongs to.</summary>
internal sealed class AppDirectory : IDisposable
{
    private const string ReplicaItem = "sidecar-replica";

    private readonly Dictionary<string, AppReplica[]> byId;
    private int turn;

    public AppDirectory(IEnumerable<AppEntry> entries)
    {
        Replicas = [.. entries.Select((entry, i) => new AppReplica(entry, i))];
        byId = Replicas.GroupBy(replica => replica.AppId).ToDictionary(group => group.Key, group => group.ToArray());
    }

    public IReadOnlyList<AppReplica> Replicas { get; }

    public IEnumerable<string> AppIds => byId.Keys;

    public IReadOnlyList<AppReplica> Of(string appId) => byId.GetValueOrDefault(appId) ?? [];

    /// <summary>The replicas of an app in the order to try them: reachable ones only, each call starting at the next.</summary>
    public IReadOnlyList<AppReplica> Candidates(string appId)
    {
        AppReplica[] reachable = [.. Of(appId).Where(replica => replica is { HasChannel: true, IsReachable: true })];
        if (reachable.Length < 2)
        {
            return reachable;
        }

        var first = (uint)Interlocked.Increment(ref turn) % reachable.Length;
        return [.. reachable[(int)first..], .. reachable[..(int)first]];
    }

    /// <summary>Marks a connection as coming in on this replica's sidecar ports.</summary>
    public static void Mark(Microsoft.AspNetCore.Connections.ConnectionContext connection, AppReplica replica) =>
        connection.Items[ReplicaItem] = replica;

    /// <summary>The replica whose sidecar the request was sent to.</summary>
    public static AppReplica Caller(HttpContext context) =>
        (AppReplica)context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items[ReplicaItem]!;

    public void Dispose()
    {
        foreach (var replica in Replicas)
        {
            replica.Dispose();
        }
    }
}
