using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Testing;

internal sealed class StateEndpoint(MemoryState state) : Dapr.Client.Autogen.Grpc.v1.Dapr.DaprBase
{
    public override Task<GetStateResponse> GetState(GetStateRequest request, ServerCallContext context)
    {
        var (value, etag) = state.Get(request.StoreName, request.Key);
        return Task.FromResult(new GetStateResponse { Data = value, Etag = etag });
    }

    public override Task<GetBulkStateResponse> GetBulkState(GetBulkStateRequest request, ServerCallContext context)
    {
        var response = new GetBulkStateResponse();
        foreach (var key in request.Keys)
        {
            var (value, etag) = state.Get(request.StoreName, key);
            response.Items.Add(new BulkStateItem { Key = key, Data = value, Etag = etag });
        }

        return Task.FromResult(response);
    }

    public override Task<Empty> SaveState(SaveStateRequest request, ServerCallContext context)
    {
        foreach (var item in request.States)
        {
            state.Apply(request.StoreName, [(item, false)]);
        }

        return Task.FromResult(new Empty());
    }

    public override Task<Empty> DeleteState(DeleteStateRequest request, ServerCallContext context)
    {
        state.Apply(request.StoreName, [(new StateItem { Key = request.Key, Etag = request.Etag, Options = request.Options }, true)]);
        return Task.FromResult(new Empty());
    }

    public override Task<Empty> ExecuteStateTransaction(ExecuteStateTransactionRequest request, ServerCallContext context)
    {
        state.BeforeTransaction?.Invoke();
        state.Apply(request.StoreName,
            [.. request.Operations.Select(operation => (operation.Request, operation.OperationType == "delete"))]);
        state.AfterTransaction?.Invoke();
        return Task.FromResult(new Empty());
    }
}
