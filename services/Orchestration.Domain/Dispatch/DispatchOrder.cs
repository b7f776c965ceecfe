namespace Orchestration.Domain.Dispatch;

/// <summary>Who is next among those that wait for a slot.</summary>
public static class DispatchOrder
{
    /// <summary>Waiting this long is worth one point of priority, so that nobody waits for ever.</summary>
    public static readonly TimeSpan AgeingStep = TimeSpan.FromSeconds(2);

    /// <summary>Rank of a waiter; the highest is next.</summary>
    /// <param name="priority">-100 (last) to 100 (first).</param>
    /// <param name="waited">Time since the work was first queued, over all its visits to a queue.</param>
    /// <param name="tenantRunning">Slots the waiter's tenant holds now.</param>
    /// <param name="slots">Slots there are; at least 1.</param>
    /// <returns>
    /// Priority, plus age, less the tenant's share of the slots in units of ten points: between equals the tenant that holds
    /// less goes first, and a clearly higher priority still wins.
    /// </returns>
    public static double Rank(int priority, TimeSpan waited, int tenantRunning, int slots) =>
        priority + waited / AgeingStep - 10.0 * tenantRunning / slots;
}
