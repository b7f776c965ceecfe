using System.Security.Cryptography;
using System.Text;

namespace Monitor.Storage;

/// <summary>An event that no repetition makes usable, kept for people.</summary>
/// <param name="Reason">One of <see cref="DeadLetterReason"/>.</param>
/// <param name="Problem">What is wrong with it, in a sentence.</param>
/// <param name="Run">As far as it can be known; else empty names.</param>
/// <param name="Sequence">0 when unknown.</param>
/// <param name="Content">What came, as far as it is kept.</param>
internal sealed record DeadLetter(string Reason, string Problem, RunKey Run, long Sequence, string Content)
{
    private const int Kept = 64 * 1024;
    private const int LongestProblem = 500;

    /// <summary>The same for what comes again.</summary>
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Reason + '\n' + Content)));

    public static DeadLetter Of(string reason, string problem, RunKey run, long sequence, string content) => new(
        reason, problem.Length > LongestProblem ? problem[..LongestProblem] : problem, run, sequence, content.Length > Kept
            ? content[..Kept]
            : content);
}

/// <summary>Why an event is of no use; also the tag of the metric.</summary>
internal static class DeadLetterReason
{
    public const string Unreadable = "unreadable";
    public const string Invalid = "invalid";
    public const string TooLarge = "too_large";
}
