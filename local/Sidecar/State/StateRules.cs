namespace Sidecar.State;

/// <summary>When a write may happen; the same for every store.</summary>
internal static class StateRules
{
    /// <summary>Checks all operations against the state before the first of them.</summary>
    /// <exception cref="EtagMismatchException">One of them may not happen.</exception>
    public static void Check(IReadOnlyList<StateOperation> operations, Func<string, string?> currentEtag)
    {
        foreach (var operation in operations)
        {
            if (operation.Etag is { Length: > 0 } expected)
            {
                Require(currentEtag(operation.Key) == expected, operation);
            }
            else if (operation is UpsertOperation { FirstWrite: true })
            {
                Require(currentEtag(operation.Key) is null, operation);
            }
        }
    }

    private static void Require(bool holds, StateOperation operation)
    {
        if (!holds)
        {
            throw new EtagMismatchException(operation.Key);
        }
    }
}
