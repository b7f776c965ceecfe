using Dapr.AppCallback.Autogen.Grpc.v1;
using Grpc.Core;

namespace Dapr.Jobs.Callbacks;

/// <summary>
/// Takes triggers over gRPC. Sidecars fall back to the alpha method, so that the app's own AppCallback service stays free for its other
/// methods.
/// </summary>
internal sealed class JobCallbackService(JobHandlerSlot slot) : AppCallbackAlpha.AppCallbackAlphaBase
{
    public override async Task<JobEventResponse> OnJobEventAlpha1(JobEventRequest request, ServerCallContext context)
    {
        ReadOnlyMemory<byte> payload = request.Data?.Value.Memory ?? default;
        await slot.Handler!.RunAsync(request.Name, payload, context.GetHttpContext().RequestServices, context.CancellationToken);
        return new JobEventResponse();
    }
}
