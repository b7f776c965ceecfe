namespace Monitor.Storage;

/// <summary>A run with events that wait for an earlier one.</summary>
/// <param name="Missing">Sequence of the first event that has not come.</param>
/// <param name="First">Sequence of the first event that waits.</param>
/// <param name="Waiting">How many later ones wait for it.</param>
/// <param name="Since">When the first of them came.</param>
internal sealed record Gap(RunKey Run, long Missing, long First, long Waiting, DateTimeOffset Since);
