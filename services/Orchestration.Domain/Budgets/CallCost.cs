namespace Orchestration.Domain.Budgets;

/// <summary>One paid call made during an attempt.</summary>
/// <param name="Call">Number of the call within the attempt, from 1: the same call reported twice counts once.</param>
/// <param name="Provider">Who was paid, for example "openai".</param>
/// <param name="Model">What was used.</param>
/// <param name="InputTokens">Tokens sent.</param>
/// <param name="OutputTokens">Tokens received.</param>
/// <param name="Nanos">Money, in billionths of the price table's currency.</param>
/// <param name="Attempt">
/// The earlier attempt of the step in which it was made, when a remembered result reports it again: it counts once, for that one.
/// 0 means the attempt that reports it.
/// </param>
public sealed record CallCost(int Call, string Provider, string Model, long InputTokens, long OutputTokens, long Nanos, int Attempt = 0);
