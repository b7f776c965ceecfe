using Grpc.Core;

namespace Launcher.Jobs;

/// <summary>A program may be killed and started again while the job is at it: calls that can be repeated wait for it.</summary>
internal static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int Repetitions = 60;

    /// <summary>Makes a call whose repetition does no harm, again while nobody answers it.</summary>
    public static async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var repetition = 0; ; repetition++)
        {
            try
            {
                return await call();
            }
            catch (RpcException problem) when (repetition < Repetitions && !cancellationToken.IsCancellationRequested && Passes(problem.StatusCode))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static bool Passes(StatusCode code) => code is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal;
}
