namespace Orchestration.Domain.Failures;

/// <summary>A failure as a value: what decisions about it are made from.</summary>
/// <param name="Code">Stable machine-readable code: one of <see cref="FailureCode"/>, or an agent's own; cut to 64 characters.</param>
/// <param name="Class">What kind of trouble it is.</param>
/// <param name="Message">One sentence for people, without secrets; cut to 1000 characters.</param>
/// <param name="Retryable">True when the same call may succeed later.</param>
/// <param name="RetryAfter">Earliest useful repetition from now; null means no advice.</param>
public sealed record Failure(string Code, FailureClass Class, string Message, bool Retryable, TimeSpan? RetryAfter = null)
{
    // Agents write these, and they end up in histories, events and trailers.
    private const int LongestCode = 64;
    private const int LongestMessage = 1000;

    /// <summary>Stable machine-readable code.</summary>
    public string Code
    {
        get;
        init => field = Cut(value, LongestCode);
    } = Cut(Code, LongestCode);

    /// <summary>One sentence for people.</summary>
    public string Message
    {
        get;
        init => field = Cut(value, LongestMessage);
    } = Cut(Message, LongestMessage);

    // Never between the halves of a surrogate pair: the rest could not be written.
    private static string Cut(string text, int longest) => text is { Length: var length } && length > longest
        ? text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)]
        : text;
}
