using System.Globalization;
using Grpc.Core;

namespace Orchestration.Client;

/// <summary>
/// A program of the system may be killed and started again, or have no room just now: calls whose repetition does no harm wait for it.
/// </summary>
internal static class Repetition
{
    private const string RetryAfter = "retry-after-ms";

    // It may be a connection that broke on the way; what breaks again and again is a fault that waiting does not mend.
    private const int MostFaults = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public static async Task<T> CallAsync<T>(Func<Task<T>> call, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var faults = 0;
        while (true)
        {
            TimeSpan pause;
            try
            {
                return await call();
            }
            catch (RpcException problem)
                when (TimeProvider.System.GetElapsedTime(started) < patience && !cancellationToken.IsCancellationRequested)
            {
                faults += problem.StatusCode == StatusCode.Internal ? 1 : 0;
                if (faults >= MostFaults || PauseAfter(problem) is not { } advised)
                {
                    throw;
                }

                pause = advised;
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <summary>Null when it does not pass.</summary>
    private static TimeSpan? PauseAfter(RpcException problem) => problem.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal => Pause,

        // Without advice it is a message that is too large for somebody on the way.
        StatusCode.ResourceExhausted when long.TryParse(problem.Trailers.GetValue(RetryAfter), CultureInfo.InvariantCulture, out var advice) && advice >= 0 =>
            Spread(TimeSpan.FromMilliseconds(Math.Min(advice, (long)LongestPause.TotalMilliseconds))),
        _ => null,
    };

    // All who were refused at once must not come back at once.
    private static TimeSpan Spread(TimeSpan advice) => advice * (1 + Random.Shared.NextDouble());
}
