using Monitor.Storage;

namespace Monitor.Tests.Databases;

/// <summary>The dead letters of all tenants, read as docs/decisions/0005-a-history-with-holes-says-so.md tells people to.</summary>
internal static class DeadLetters
{
    public static async Task<List<DeadLetter>> ReadAsync(IRunDatabase database, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.QueryAsync(
            new Statement("SELECT reason, problem, tenant, run_id, sequence, content FROM dead_letters ORDER BY received_at DESC LIMIT 100"),
            row => new DeadLetter(
                row.GetString(0), row.GetString(1), new RunKey(row.GetString(2), row.GetString(3)), row.GetInt64(4), row.GetString(5)),
            cancellationToken);
    }
}
