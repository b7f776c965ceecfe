using Grpc.Core;

namespace Orchestration.Client;

/// <summary>A program of the system may be killed and started again: calls whose repetition does no harm wait for it.</summary>
internal static class Repetition
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task<T> CallAsync<T>(Func<Task<T>> call, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException problem)
                when (Passes(problem.StatusCode) && TimeProvider.System.GetElapsedTime(started) < patience && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static bool Passes(StatusCode code) => code is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal;
}
