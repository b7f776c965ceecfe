using Orchestration.Contracts;

namespace Monitor.Storage;

/// <summary>A numbered event that has been applied.</summary>
/// <param name="Ordinal">Grows in the order in which events were applied, over all runs.</param>
internal sealed record StoredEvent(long Ordinal, RunEvent Event);
