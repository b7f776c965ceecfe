using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Sidecar.Resources;

namespace Sidecar.Secrets;

/// <summary>The secret stores of the resource folders, and their API.</summary>
internal sealed class SecretStores
{
    private readonly Dictionary<string, (Component Definition, ISecretStore Store)> stores = [];

    public void Add(Component definition, ISecretStore store) => stores[definition.Name] = (definition, store);

    /// <summary>Puts the values of secrets where a component refers to them.</summary>
    public Component Resolve(Component component) =>
        component with { Metadata = [.. component.Metadata.Select(item => Resolve(component, item))] };

    public GetSecretResponse Get(string appId, GetSecretRequest request)
    {
        var values = Find(appId, request.StoreName).Get(request.Key);
        return values.Count > 0
            ? new GetSecretResponse { Data = { values.ToDictionary() } }
            : throw new RpcException(
                new Status(StatusCode.Internal,
                $"failed getting secret with key {request.Key} from secret store {request.StoreName}: secret {request.Key} not found"));
    }

    public GetBulkSecretResponse GetBulk(string appId, GetBulkSecretRequest request)
    {
        var response = new GetBulkSecretResponse();
        foreach (var (name, values) in Find(appId, request.StoreName).All())
        {
            response.Data[name] = new SecretResponse { Secrets = { values.ToDictionary() } };
        }

        return response;
    }

    private ISecretStore Find(string appId, string name)
    {
        if (stores.TryGetValue(name, out var found) && found.Definition.IsFor(appId))
        {
            return found.Store;
        }

        throw stores.Count == 0
            ? new RpcException(new Status(StatusCode.FailedPrecondition, "secret store is not configured"))
            : new RpcException(new Status(StatusCode.InvalidArgument, $"failed finding secret store with key {name}"));
    }

    private MetadataItem Resolve(Component component, MetadataItem item)
    {
        if (item.SecretName is not { } secret)
        {
            return item;
        }

        if (component.SecretStore is not { } name || !stores.TryGetValue(name, out var found))
        {
            throw component.Problem(
                $"spec.metadata '{item.Name}' refers to a secret, but auth.secretStore names no secret store of the resource folders");
        }

        var values = found.Store.Get(secret);
        return values.TryGetValue(item.SecretKey ?? secret, out var value)
            ? item with { Value = value }
            : throw component.Problem(
                $"spec.metadata '{item.Name}': secret store '{name}' has no secret '{secret}' with key '{item.SecretKey}'");
    }
}
